using System.Numerics;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;

namespace Microsoft.ML.Data;

/// <summary>Finds what stands for the missing values of a column, or of each slot of it.</summary>
internal abstract class ReplacementFinder
{
    public static ReplacementFinder Of(DataViewSchema.Column column, ReplacementMode mode, bool bySlot)
    {
        // Slots of vectors of any size have nothing in common.
        int slots = bySlot && column.Type is VectorDataViewType { Size: > 0 } vector ? vector.Size : 1;
        return column.Type.ItemType() == NumberDataViewType.Single ? new Finder<float>(column.Type, mode, slots) : new Finder<double>(column.Type, mode, slots);
    }

    /// <summary>Takes the current row's values in.</summary>
    public abstract Action MakeReader(DataViewRow row, DataViewSchema.Column column);

    public abstract Replacement Find();

    private sealed class Finder<T>(DataViewType type, ReplacementMode mode, int slots) : ReplacementFinder where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly SlotValues<T>[] _slots = [.. Enumerable.Range(0, slots).Select(_ => new SlotValues<T>(mode))];

        public override Action MakeReader(DataViewRow row, DataViewSchema.Column column)
        {
            if (column.Type is VectorDataViewType)
            {
                var getVector = row.GetGetter<VBuffer<T>>(column);
                VBuffer<T> vector = default;
                return () =>
                {
                    getVector(ref vector);
                    foreach (var (slot, value) in vector.Items(all: true))
                        _slots[slots == 1 ? 0 : slot].Add(value);
                };
            }

            var getScalar = row.GetGetter<T>(column);
            T scalar = default;
            return () =>
            {
                getScalar(ref scalar);
                _slots[0].Add(scalar);
            };
        }

        public override Replacement Find() => new Replacement<T>(type, [.. _slots.Select(slot => slot.Find())]);
    }
}

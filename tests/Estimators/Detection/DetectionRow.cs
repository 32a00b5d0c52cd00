using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Detection;

/// <summary>An image with truth and prediction.</summary>
internal sealed record DetectionRow
{
    public long? Id { get; init; }

    public string? Image { get; init; }

    public float[] Boxes { get; init; } = [];

    /// <summary>Class indices; -1 for a missing one.</summary>
    public int[] Labels { get; init; } = [];

    public bool[]? IsCrowd { get; init; }

    public bool[]? IsDifficult { get; init; }

    public float[]? Areas { get; init; }

    public float[] PredictedBoxes { get; init; } = [];

    public int[] PredictedLabels { get; init; } = [];

    public float[] Scores { get; init; } = [];

    /// <summary>A view as a loader and a detector make it together; optional columns are there where the first row has them.</summary>
    public static IDataView View(IReadOnlyList<string> names, IReadOnlyList<DetectionRow> rows, IReadOnlyList<string>? predictedNames = null) =>
        new Rows(names, predictedNames ?? names, rows);

    private sealed class Rows : RowView
    {
        private readonly List<Func<Func<int>, Delegate>> _getters;

        public Rows(IReadOnlyList<string> names, IReadOnlyList<string> predictedNames, IReadOnlyList<DetectionRow> rows) : this(names, predictedNames, rows, []) { }

        private Rows(IReadOnlyList<string> names, IReadOnlyList<string> predictedNames, IReadOnlyList<DetectionRow> rows, List<Func<Func<int>, Delegate>> getters)
            : base(Build(names, predictedNames, rows, getters), rows.Count) => _getters = getters;

        public override Delegate CreateGetter(int column, Func<int> row) => _getters[column](row);

        private static DataViewSchema Build(IReadOnlyList<string> names, IReadOnlyList<string> predictedNames, IReadOnlyList<DetectionRow> rows, List<Func<Func<int>, Delegate>> getters)
        {
            var schema = new DataViewSchema.Builder();
            var first = rows.FirstOrDefault() ?? new DetectionRow();
            if (first.Image is not null)
                Single("Image", TextDataViewType.Instance, r => r.Image.AsMemory());
            if (first.Id is not null)
                Single("ImageId", NumberDataViewType.Int64, r => r.Id!.Value);
            Vector("BoundingBoxes", NumberDataViewType.Single, r => r.Boxes);
            Keys("Labels", names, r => r.Labels);
            if (first.IsCrowd is not null)
                Vector("IsCrowd", BooleanDataViewType.Instance, r => r.IsCrowd!);
            if (first.IsDifficult is not null)
                Vector("IsDifficult", BooleanDataViewType.Instance, r => r.IsDifficult!);
            if (first.Areas is not null)
                Vector("Areas", NumberDataViewType.Single, r => r.Areas!);
            Vector("PredictedBoundingBoxes", NumberDataViewType.Single, r => r.PredictedBoxes);
            Keys("PredictedLabel", predictedNames, r => r.PredictedLabels);
            Vector("Score", NumberDataViewType.Single, r => r.Scores);
            return schema.ToSchema();

            void Single<T>(string name, DataViewType type, Func<DetectionRow, T> take)
            {
                schema.AddColumn(name, type);
                getters.Add(row => (ValueGetter<T>)((ref T value) => value = take(rows[row()])));
            }

            void Vector<T>(string name, PrimitiveDataViewType type, Func<DetectionRow, T[]> take)
            {
                schema.AddColumn(name, new VectorDataViewType(type));
                getters.Add(row => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => value = new VBuffer<T>(take(rows[row()]).Length, take(rows[row()]))));
            }

            void Keys(string name, IReadOnlyList<string> classes, Func<DetectionRow, int[]> take)
            {
                var annotations = new DataViewSchema.Annotations.Builder();
                ClassKey.AddNames(annotations, "KeyValues", classes);
                schema.AddColumn(name, new VectorDataViewType(new KeyDataViewType(typeof(uint), classes.Count)), annotations.ToAnnotations());
                getters.Add(row => (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> value) =>
                {
                    uint[] keys = [.. take(rows[row()]).Select(l => (uint)(l + 1))];
                    value = new VBuffer<uint>(keys.Length, keys);
                }));
            }
        }
    }
}

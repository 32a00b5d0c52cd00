using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Generation;

/// <summary>A view of latent vectors that lie in memory, with their classes where there are any.</summary>
internal sealed class LatentRows : RowView
{
    private readonly IReadOnlyList<float[]> _latents;
    private readonly IReadOnlyList<int>? _labels;

    private LatentRows(DataViewSchema schema, IReadOnlyList<float[]> latents, IReadOnlyList<int>? labels)
        : base(schema, latents.Count) => (_latents, _labels) = (latents, labels);

    public static LatentRows Of(IReadOnlyList<float[]> latents, GanOptions options, IReadOnlyList<int>? labels, IReadOnlyList<string> classNames)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(options.LatentColumn, new VectorDataViewType(NumberDataViewType.Single, options.LatentSize));
        if (labels is not null)
            ClassKey.AddTo(schema, options.LabelColumn, classNames);
        return new(schema.ToSchema(), latents, labels);
    }

    public override Delegate CreateGetter(int column, Func<int> row) => column == 0
        ? (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => value = new VBuffer<float>(_latents[row()].Length, [.. _latents[row()]]))
        : (ValueGetter<uint>)((ref uint value) => value = (uint)_labels![row()] + 1);
}

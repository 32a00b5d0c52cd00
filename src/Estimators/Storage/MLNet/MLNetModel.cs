using System.Globalization;
using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Storage;

/// <summary>
/// A vision model said in ML.NET's own transformers, which is all that <c>ml.Model.Save</c> can write: a constant column looks
/// up the model file's bytes as text, a custom mapping predicts with them row by row, lookups and expressions give its results
/// the types they had, and what was needed in between is dropped.
/// </summary>
internal sealed class MLNetModel
{
    /// <summary>Base64 of the file fits a string, and ML.NET's binary form of it the 2 GiB that a lookup may have.</summary>
    private const long LargestFile = 700L << 20;

    private readonly MLContext _ml = new();
    private readonly List<ITransformer> _transformers = [];
    private readonly List<string> _between = [MLNetColumns.Key, MLNetColumns.State, MLNetColumns.Image];
    private IDataView _view;

    /// <summary>Begins with the columns that a mapping of images reads.</summary>
    /// <exception cref="NotSupportedException">The model is larger than ML.NET can hold.</exception>
    public MLNetModel(IStorable model, string imageColumn, ImageColumnType images)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(imageColumn, images switch
        {
            { Kind: ImageColumnKind.Path } => TextDataViewType.Instance,
            { Kind: ImageColumnKind.Bytes } => new VectorDataViewType(NumberDataViewType.Byte),
            { Height: 0 } => new ImageDataViewType(1, 1), // fitting a mapping wants the size of its class, applying it takes any
            _ => new ImageDataViewType(images.Height, images.Width),
        });
        _view = new RowlessView(schema.ToSchema());
        Map(new ConstantMapping(), ConstantMapping.Contract);
        var state = State(model).AsMemory();
        Lookup(new(MLNetColumns.State, TextDataViewType.Instance), MLNetColumns.Key, 1, _ => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = state));
        // A mapping cannot read an MLImage of a size that nobody registered, so those of known size become bytes.
        if (images is { Kind: ImageColumnKind.Pixels, Height: > 0 })
            Append(_ml.Transforms.ExtractPixels(MLNetColumns.Image, imageColumn, interleavePixelColors: true, outputAsFloatArray: false));
        else
            Append(_ml.Transforms.CopyColumns(MLNetColumns.Image, imageColumn));
    }

    /// <summary>Adds a mapping and the columns it makes.</summary>
    public void Map<TRow, TResult>(CustomMappingFactory<TRow, TResult> mapping, string contract, params IEnumerable<string> between)
        where TRow : class, new()
        where TResult : class, new()
    {
        Append(_ml.Transforms.CustomMapping(mapping.GetMapping(), contract));
        _between.AddRange(between);
    }

    /// <summary>Adds a column of what an Int32 column stands for.</summary>
    /// <param name="column">The new column, with its type and annotations.</param>
    /// <param name="input">The column of numbers 0 .. <paramref name="count"/>-1.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="getter">Makes the <see cref="ValueGetter{TValue}"/> of the value whose number its argument tells.</param>
    public void Lookup(DataViewSchema.DetachedColumn column, string input, int count, Func<Func<int>, Delegate> getter)
    {
        var view = new LookupView(column, count, getter);
        Append(_ml.Transforms.Conversion.MapValue(column.Name, view, view.Schema[0], view.Schema[1], input));
    }

    /// <summary>Adds a vector of known size of the numbers in a text that <see cref="MLNetColumns.Pack"/> made.</summary>
    public void Unpack(string column, string packed, int count)
    {
        var places = Enumerable.Range(0, count).Select(i => i * MLNetColumns.NumberLength).ToArray();
        Lookup(new(MLNetColumns.Places, new VectorDataViewType(NumberDataViewType.Int32, count)), MLNetColumns.Key, 1,
            _ => (ValueGetter<VBuffer<int>>)((ref VBuffer<int> value) => value = new VBuffer<int>(count, places)));
        // An expression over a vector gives one of the same size. Single alone would take small numbers for 0.
        Append(_ml.Transforms.Expression(column, string.Create(CultureInfo.InvariantCulture, $"(t, s) : single(double(mid(s, t, t + {MLNetColumns.NumberLength})))"), MLNetColumns.Places, packed));
        _between.Add(MLNetColumns.Places);
    }

    /// <summary>Writes what was added, as a chain.</summary>
    public void Save(ModelSaveContext context)
    {
        Append(_ml.Transforms.DropColumns([.. _between.Distinct()]));
        ((ICanSaveModel)new TransformerChain<ITransformer>([.. _transformers])).Save(context);
    }

    private static string State(IStorable model)
    {
        using var file = new MemoryStream();
        ModelFile.Write(file, model.Describe(), model.Weights());
        return file.Length <= LargestFile
            ? Convert.ToBase64String(file.GetBuffer(), 0, (int)file.Length)
            : throw new NotSupportedException($"ml.Model.Save can write vision models of up to {LargestFile >> 20} MiB; this one has {file.Length >> 20} MiB, and a file it began is now incomplete. Save it with ml.Vision.Save(model, path).");
    }

    private void Append(IEstimator<ITransformer> estimator)
    {
        var transformer = estimator.Fit(_view);
        _transformers.Add(transformer);
        _view = transformer.Transform(_view);
    }

    /// <summary>Numbers from 0 and the values of a column.</summary>
    private sealed class LookupView(DataViewSchema.DetachedColumn column, int count, Func<Func<int>, Delegate> getter) : RowView(SchemaOf(column), count)
    {
        public override Delegate CreateGetter(int column, Func<int> row) =>
            column == 0 ? (ValueGetter<int>)((ref int value) => value = row()) : getter(row);

        private static DataViewSchema SchemaOf(DataViewSchema.DetachedColumn column)
        {
            var schema = new DataViewSchema.Builder();
            schema.AddColumn(MLNetColumns.Key, NumberDataViewType.Int32);
            schema.AddColumn(column.Name, column.Type, column.Annotations);
            return schema.ToSchema();
        }
    }
}

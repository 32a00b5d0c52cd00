using Fovea.Tests.Compat.Core;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Model;

public sealed class SaveAndLoadTests
{
    private static readonly MLContext s_ml = new(1);

    private static IDataView Rows => s_ml.Data.LoadFromEnumerable(new[] { new Row { Number = 1, Key = 1 }, new Row { Number = 2, Key = 0 } });

    [Fact]
    public void Chain_SavedAndLoaded_TransformsAlike()
    {
        var chain = s_ml.Transforms.CopyColumns("A", "Number").Append(s_ml.Transforms.CopyColumns("B", "A"), TransformerScope.Scoring).Fit(Rows);

        var loaded = (TransformerChain<ITransformer>)RoundTrip(chain, Rows.Schema, out var schema);

        Assert.Equal([1f, 2f], loaded.Transform(Rows).GetColumn<float>("B"));
        Assert.Equal(2, loaded.Count());
        Assert.Single(loaded.GetModelFor(TransformerScope.Training));
        Assert.Equal(Rows.Schema.Select(column => column.ToString()), schema!.Select(column => column.ToString()));
    }

    [Fact]
    public void SingleTransformer_SavedAndLoaded_IsItself()
    {
        var copy = s_ml.Transforms.CopyColumns("A", "Number").Fit(Rows);

        Assert.Equal(copy.GetType(), RoundTrip(copy, null, out var schema).GetType());
        Assert.Null(schema);
    }

    [Fact]
    public void Schema_SavedAndLoaded_KeepsTypesAndAnnotations()
    {
        var names = new VBuffer<ReadOnlyMemory<char>>(2, ["x".AsMemory(), "y".AsMemory()]);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, 2), (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        annotations.AddPrimitiveValue("IsNormalized", BooleanDataViewType.Instance, true);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Number", NumberDataViewType.Single);
        builder.AddColumn("Vector", new VectorDataViewType(NumberDataViewType.Double, 2), annotations.ToAnnotations());
        builder.AddColumn("Cube", new VectorDataViewType(NumberDataViewType.Byte, 2, 3, 4));
        builder.AddColumn("Keys", new VectorDataViewType(new KeyDataViewType(typeof(uint), 7)));
        builder.AddColumn("Day", DateTimeDataViewType.Instance);
        builder.AddColumn("Zone", DateTimeOffsetDataViewType.Instance);
        builder.AddColumn("Span", TimeSpanDataViewType.Instance);
        builder.AddColumn("Id", RowIdDataViewType.Instance);
        var saved = builder.ToSchema();

        RoundTrip(new TransformerChain<ITransformer>(), saved, out var loaded);
        VBuffer<ReadOnlyMemory<char>> read = default;
        loaded!["Vector"].GetSlotNames(ref read);

        Assert.Equal(saved.Select(column => column.ToString()), loaded.Select(column => column.ToString()));
        Assert.Equal("xy", string.Concat(read.DenseValues()));
        Assert.True(loaded["Vector"].IsNormalized());
    }

    [Fact]
    public void ThirdParty_SaveThatDelegates_LoadsAsTheChain()
    {
        ICanSaveModel inner = s_ml.Transforms.CopyColumns("Twice", "Number").Append(s_ml.Transforms.CopyColumns("C", "Twice")).Fit(Rows);
        var doubler = new ThirdPartyDoubler { OnSave = inner.Save };
        var model = s_ml.Transforms.CopyColumns("A", "Number").Fit(Rows).Append(doubler);

        var loaded = (TransformerChain<ITransformer>)RoundTrip(model, Rows.Schema, out _);

        Assert.IsType<TransformerChain<ITransformer>>(loaded.Last());
        Assert.Equal([1f, 2f], loaded.Transform(Rows).GetColumn<float>("C"));
    }

    [Fact]
    public void ThirdParty_SaveThatWritesNothing_Throws()
    {
        var error = Assert.Throws<InvalidOperationException>(() => s_ml.Model.Save(new ThirdPartyDoubler(), Rows.Schema, new MemoryStream()));

        Assert.Contains("ModelSignature not specified!", error.Message);
    }

    [Fact]
    public void ThirdParty_SaveThatThrows_LeavesABrokenFile()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, "the old file");
        try
        {
            var doubler = new ThirdPartyDoubler { OnSave = _ => throw new NotSupportedException("cannot") };

            Assert.Throws<NotSupportedException>(() => s_ml.Model.Save(doubler, Rows.Schema, path));

            Assert.DoesNotContain("the old file", File.ReadAllText(path));
            Assert.Throws<InvalidOperationException>(() => s_ml.Model.Load(path, out _));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Stream_SavedTo_StaysOpen()
    {
        using var stream = new MemoryStream();
        s_ml.Model.Save(new TransformerChain<ITransformer>(), Rows.Schema, stream);

        Assert.True(stream.CanRead);
        stream.Position = 0;
        s_ml.Model.Load(stream, out _);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Load_NoModelFile_Throws()
    {
        Assert.Throws<FileNotFoundException>(() => s_ml.Model.Load(Path.Combine(Path.GetTempPath(), "no-such-file.zip"), out _));
        Assert.ThrowsAny<Exception>(() => s_ml.Model.Load(new MemoryStream([1, 2, 3]), out _));
    }

    private static ITransformer RoundTrip(ITransformer model, DataViewSchema? schema, out DataViewSchema? loadedSchema)
    {
        using var stream = new MemoryStream();
        s_ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out loadedSchema);
    }

    private sealed class Row
    {
        public float Number { get; set; }
        [KeyType(3)] public uint Key { get; set; }
        [VectorType(2)] public float[] Vector { get; set; } = [0, 0];
        public string Text { get; set; } = "";
    }
}

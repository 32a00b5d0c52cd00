using System.Text;
using Fovea.Tests.Compat.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Text;

public sealed class SaveAsTextTests : IDisposable
{
    // Fields, so that the columns come in this order.
    public sealed class Row
    {
        public string Text = "";
        public float Number;
        public double Real;
        public bool Flag;
        public int Count;
        [KeyType(5)] public uint Key;
        [VectorType(2)] public float[] Pair = [0, 0];
        [VectorType(2)] public string[] Words = ["", ""];
        public float[] Any = [];
    }

    public sealed class Zeros
    {
        public float Number;
        [VectorType(20)] public float[] Vector = new float[20];
    }

    private readonly MLContext ml = new(1);
    private readonly TemporaryFolder folder = new();
    private readonly IDataView data;

    public SaveAsTextTests() => data = ml.Data.LoadFromEnumerable(new Row[]
    {
        new() { Text = "a", Number = 1.5f, Real = 0.1, Flag = true, Count = -3, Key = 1, Pair = [1, 0], Words = ["x", ""], Any = [1, 2] },
        new() { Text = "say \"hi\", now:", Number = float.NaN, Real = 1e-300, Words = [" y", "z"], Any = [3] },
    });

    public void Dispose() => folder.Dispose();

    private string[] Saved(IDataView view, char separator = ',', bool header = true, bool schema = false, bool keepHidden = false, bool dense = false)
    {
        using var stream = new MemoryStream();
        ml.Data.SaveAsText(view, stream, separator, header, schema, keepHidden, dense);
        Assert.True(stream.CanRead, "the stream is left open");
        return Encoding.UTF8.GetString(stream.ToArray()).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Rows_WithHeader_AreQuotedWhereNeeded() => Assert.Equal(
    [
        "Text,Number,Real,Flag,Count,Key,\"\",\"\",\"\",\"\"",
        "a,1.5,0.10000000000000001,1,-3,1,1,0,x,\"\",1,2",
        "\"say \"\"hi\"\", now:\",?,1E-300,0,0,0,0,0,\" y\",z,3",
    ], Saved(data));

    [Fact]
    public void Schema_Asked_StandsBeforeTheHeader() => Assert.Equal(
    [
        "#@ TextLoader{", "#@   header+", "#@   sep=tab", "#@   col=Text:TX:0", "#@   col=Number:R4:1", "#@   col=Real:R8:2", "#@   col=Flag:BL:3",
        "#@   col=Count:I4:4", "#@   col=Key:U4[5]:5", "#@   col=Pair:R4:6-7", "#@   col=Words:TX:8-9", "#@   col=Any:R4:10-**", "#@ }",
    ], Saved(data, '\t', schema: true).Take(13));

    [Fact]
    public void Header_NotAsked_IsLeftOut() => Assert.StartsWith("a,1.5", Saved(data, header: false)[0]);

    [Fact]
    public void Lines_MostlyDefault_AreSparseUnlessForbidden()
    {
        var zeros = ml.Data.LoadFromEnumerable(new Zeros[] { new() { Number = 1 }, new() { Vector = [.. Enumerable.Range(0, 20).Select(i => i == 7 ? 3f : 0)] } });

        Assert.Equal(["L,20,0:\"\"", "1,20,0:0", "21,8:3"], Saved(zeros).Select(line => line.Replace("Number", "L")));
        Assert.Equal("0,0,0,0,0,0,0,0,3,0,0,0,0,0,0,0,0,0,0,0,0", Saved(zeros, dense: true)[2]);
    }

    [Fact]
    public void Hidden_Columns_AreWrittenWhenAsked()
    {
        var hiding = ml.Transforms.CopyColumns("Number", "Count").Append(ml.Transforms.SelectColumns(["Number"], keepHidden: true)).Fit(data).Transform(data);

        Assert.Equal(["Number", "-3", "0"], Saved(hiding));
        Assert.Equal(["Number,Number", "1.5,-3", "?,0"], Saved(hiding, keepHidden: true));
    }

    [Fact]
    public void Header_OfNamedSlots_NamesThem()
    {
        var joined = ml.Transforms.Concatenate("Both", "Number", "Pair").Append(ml.Transforms.SelectColumns("Both")).Fit(data).Transform(data);
        Assert.Equal("Number,\"\",\"\"", Saved(joined)[0]);
    }

    [Fact]
    public void Separator_Unknown_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Saved(data, '#'));

    [Fact]
    public void Rows_SavedAndLoaded_AreTheSame()
    {
        string path = Path.Combine(folder.Path, "saved.csv");
        using (var file = File.Create(path))
            ml.Data.SaveAsText(data, file, ',');
        TextLoader.Column[] columns =
        [
            new("Text", DataKind.String, 0), new("Number", DataKind.Single, 1), new("Real", DataKind.Double, 2), new("Flag", DataKind.Boolean, 3), new("Count", DataKind.Int32, 4),
            new("Key", DataKind.UInt32, [new(5)], new(5)), new("Pair", DataKind.Single, 6, 7), new("Words", DataKind.String, 8, 9), new("Any", DataKind.Single, [new() { Min = 10, VariableEnd = true }]),
        ];
        var loaded = ml.Data.LoadFromTextFile(path, columns, ',', hasHeader: true, allowQuoting: true);

        Assert.Equal(data.Values<string>("Text"), loaded.Values<string>("Text"));
        Assert.Equal(data.Values<float>("Number"), loaded.Values<float>("Number"));
        Assert.Equal(data.Values<double>("Real"), loaded.Values<double>("Real"));
        Assert.Equal(data.Values<bool>("Flag"), loaded.Values<bool>("Flag"));
        Assert.Equal(data.Values<int>("Count"), loaded.Values<int>("Count"));
        Assert.Equal(data.Values<uint>("Key"), loaded.Values<uint>("Key"));
        Assert.Equal(data.Values<float[]>("Pair"), loaded.Values<float[]>("Pair"));
        Assert.Equal(data.Values<string[]>("Words").Select(NoNulls), loaded.Values<string[]>("Words").Select(NoNulls));
        Assert.Equal(data.Values<float[]>("Any"), loaded.Values<float[]>("Any"));
    }

    [Fact]
    public void SparseLines_SavedAndLoaded_AreTheSame()
    {
        var zeros = ml.Data.LoadFromEnumerable(new Zeros[] { new() { Number = 1 }, new() { Vector = [.. Enumerable.Range(0, 20).Select(i => i == 7 ? 3f : 0)] } });
        string path = Path.Combine(folder.Path, "sparse.csv");
        using (var file = File.Create(path))
            ml.Data.SaveAsText(zeros, file, ',', headerRow: false, schema: false);
        var loaded = ml.Data.LoadFromTextFile(path, [new("Number", DataKind.Single, 0), new("Vector", DataKind.Single, 1, 20)], ',', allowSparse: true);

        Assert.Equal(zeros.Values<float>("Number"), loaded.Values<float>("Number"));
        Assert.Equal(zeros.Values<float[]>("Vector"), loaded.Values<float[]>("Vector"));
    }

    // A vector's empty texts may come back as null.
    private static IEnumerable<string> NoNulls(string[] texts) => texts.Select(text => text ?? "");
}

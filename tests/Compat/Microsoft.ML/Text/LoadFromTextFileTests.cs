using Fovea.Tests.Compat.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.Text;

public sealed class LoadFromTextFileTests : IDisposable
{
    private static readonly TextLoader.Column[] s_columns =
    [
        new("Text", DataKind.String, 0), new("Number", DataKind.Single, 1), new("Pair", DataKind.Single, 1, 2),
    ];

    private readonly MLContext ml = new(1);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private IDataView Load(string text, TextLoader.Options options)
    {
        options.Columns ??= s_columns;
        return ml.Data.LoadFromTextFile(folder.Write("data.txt", text), options);
    }

    private IDataView Csv(string text, bool hasHeader = false, bool quotes = false, bool trim = false) =>
        ml.Data.LoadFromTextFile(folder.Write("data.csv", text), s_columns, ',', hasHeader, quotes, trim);

    [Fact]
    public void Fields_ByTab_BecomeColumns()
    {
        var view = ml.Data.LoadFromTextFile(folder.Write("data.tsv", "a\t1\t2\nb\t\t4\n\nc\n"), s_columns);

        Assert.Equal(["a", "b", "c"], view.Values<string>("Text"));
        Assert.Equal([1f, 0f, 0f], view.Values<float>("Number"));
        Assert.Equal([[1, 2], [0, 4], [0, 0]], view.Values<float[]>("Pair"));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), view.Schema["Pair"].Type);
        Assert.False(view.CanShuffle);
        Assert.Null(view.GetRowCount());
    }

    [Fact]
    public void Reals_ThatAreNone_BecomeNaN() =>
        Assert.Equal([float.NaN, float.NaN, float.NaN, float.PositiveInfinity, -1.5e-3f], Csv("a,x\nb,?\nc,NA\nd,Infinity\ne, -1.5e-3 \n").Values<float>("Number"));

    [Fact]
    public void Comments_AtTheBeginning_AreSkipped()
    {
        // Behind the first row only lines that begin with // are comments.
        var view = Csv("# c\n// d\n\na,1,2\n#b,3,4\n//x,1,1\n");
        Assert.Equal(["a", "#b"], view.Values<string>("Text"));
    }

    [Fact]
    public void Header_InEachFile_IsSkipped()
    {
        folder.Write("b.csv", "# comment\ntext,x,y\nb,1,2\n");
        folder.Write("a.csv", "text,x,y\na,1,2\n");
        var all = ml.Data.LoadFromTextFile(Path.Combine(folder.Path, "*.csv"), s_columns, ',', hasHeader: true);
        Assert.Equal(["a", "b"], all.Values<string>("Text"));

        var loader = ml.Data.CreateTextLoader(s_columns, ',', hasHeader: true);
        var some = loader.Load(Path.Combine(folder.Path, "b.csv"), Path.Combine(folder.Path, "a.csv"));
        Assert.Equal(["b", "a"], some.Values<string>("Text"));
    }

    [Fact]
    public void Header_OfLoadedFile_NamesTheSlots()
    {
        var view = Load("text, first ,second\na,1,2\n", new() { Separators = [','], HasHeader = true });

        Assert.Equal(["first", "second"], view.SlotNames("Pair"));
        Assert.False(view.Schema["Text"].HasSlotNames());
    }

    [Fact]
    public void HeaderFile_Given_NamesTheSlotsOfDataWithoutHeader()
    {
        var view = Load("a,1,2\n", new() { Separators = [','], HeaderFile = folder.Write("header.csv", "text,first,second\n") });

        Assert.Equal(["first", "second"], view.SlotNames("Pair"));
        Assert.Equal(["a"], view.Values<string>("Text"));
    }

    [Fact]
    public void Quotes_NotAllowed_ArePartOfTheField()
    {
        var view = Csv("\"a,b\",1\n c ,3,4\n");

        Assert.Equal(["\"a", "c "], view.Values<string>("Text"));
        Assert.Equal([float.NaN, 3f], view.Values<float>("Number"));
    }

    [Fact]
    public void Quotes_Allowed_KeepSeparatorsInFields()
    {
        var view = Csv("\"a,b\",\"1\",2\n c ,3,4 \n\"say \"\"hi\"\"\" ,5,6\n\"\",1,1\n", quotes: true);

        Assert.Equal(["a,b", "c ", "say \"hi\"", ""], view.Values<string>("Text"));
        Assert.Equal([1f, 3f, 5f, 1f], view.Values<float>("Number"));
    }

    [Fact]
    public void Quotes_Wrong_GiveEmptyFields()
    {
        var view = Csv("\"bad\"x,7,8\n\"open,9,9\n", quotes: true);

        Assert.Equal(["", ""], view.Values<string>("Text"));
        Assert.Equal([7f, 0f], view.Values<float>("Number"));
    }

    [Fact]
    public void Escape_OwnCharacter_StandsBeforeQuotes() =>
        Assert.Equal(["a\"b\\n", "c\\\\"], Load("\"a\\\"b\\n\",1,2\n\"c\\\\\",3,4\n", new() { Separators = [','], AllowQuoting = true, EscapeChar = '\\' }).Values<string>("Text"));

    [Fact]
    public void Lines_InQuotes_AreOneFieldIfAllowed()
    {
        var view = Load("\"a\nb,\"\"\nc\",1,2\nd,3,4\n", new() { Separators = [','], AllowQuoting = true, ReadMultilines = true });

        Assert.Equal(["a\nb,\"\nc", "d"], view.Values<string>("Text"));
        Assert.Equal([1f, 3f], view.Values<float>("Number"));
    }

    [Fact]
    public void Lines_InQuotesNeverClosed_Throw() =>
        Assert.ThrowsAny<Exception>(() => Load("\"a\nb,1\n", new() { Separators = [','], AllowQuoting = true, ReadMultilines = true }).Values<string>("Text"));

    [Fact]
    public void TrimWhitespace_Cuts_TheEndOfLinesOnly()
    {
        var columns = new TextLoader.Column[] { new("First", DataKind.String, 0), new("Last", DataKind.String, 1) };
        var view = ml.Data.LoadFromTextFile(folder.Write("data.csv", " a b ,c d \t\n"), columns, ',', trimWhitespace: true);

        Assert.Equal(["a b "], view.Values<string>("First"));
        Assert.Equal(["c d"], view.Values<string>("Last"));
    }

    [Fact]
    public void MissingRealsAsNaNs_AppliesToEmptyAndAbsentFields()
    {
        var view = Load("a,,2\nb\n", new() { Separators = [','], MissingRealsAsNaNs = true });

        Assert.Equal([float.NaN, float.NaN], view.Values<float>("Number"));
        Assert.Equal([[float.NaN, 2], [float.NaN, float.NaN]], view.Values<float[]>("Pair"));
    }

    [Fact]
    public void DecimalMarker_Comma_IsReadAsThePoint() =>
        Assert.Equal([1.5f, float.NaN], Load("a;1,5;2\nb;1.5;2\n", new() { Separators = [';'], DecimalMarker = ',' }).Values<float>("Number"));

    [Fact]
    public void Separators_Several_AreEqual() =>
        Assert.Equal([[1, 2], [3, 4]], Load("a;1,2\nb,3;4\n", new() { Separators = [';', ','] }).Values<float[]>("Pair"));

    [Fact]
    public void Separator_Blank_MakesEmptyFieldsOfTwo() =>
        Assert.Equal([1f, 0f], ml.Data.LoadFromTextFile(folder.Write("data.txt", "a 1 2\nb  3 4\n"), s_columns, ' ').Values<float>("Number"));

    [Fact]
    public void MaxRows_Given_EndsThere() =>
        Assert.Equal(["a"], Load("h\na,1\nb,2\n", new() { Separators = [','], MaxRows = 1, HasHeader = true }).Values<string>("Text"));

    [Fact]
    public void Types_OfAllKinds_AreRead()
    {
        TextLoader.Column[] columns =
        [
            new("Int", DataKind.Int32, 0), new("Byte", DataKind.Byte, 1), new("Flag", DataKind.Boolean, 2), new("Time", DataKind.DateTime, 3),
            new("Span", DataKind.TimeSpan, 4), new("Real", DataKind.Double, 5), new("Long", DataKind.Int64, 6),
        ];
        var view = ml.Data.LoadFromTextFile(folder.Write("data.csv", "-1,255,true,2020-01-02,1.02:03:04,0.1,-9223372036854775808\n,,,,,,\n0,0,no,,,-.5,1\n"), columns, ',');

        Assert.Equal([-1, 0, 0], view.Values<int>("Int"));
        Assert.Equal([(byte)255, (byte)0, (byte)0], view.Values<byte>("Byte"));
        Assert.Equal([true, false, false], view.Values<bool>("Flag"));
        Assert.Equal(new DateTime(2020, 1, 2), view.Values<DateTime>("Time")[0]);
        Assert.Equal(new TimeSpan(1, 2, 3, 4), view.Values<TimeSpan>("Span")[0]);
        Assert.Equal([0.1, 0, -0.5], view.Values<double>("Real"));
        Assert.Equal([long.MinValue, 0, 1], view.Values<long>("Long"));
    }

    [Theory]
    [InlineData(DataKind.Int32, "x")]
    [InlineData(DataKind.Byte, "256")]
    [InlineData(DataKind.SByte, "-129")]
    [InlineData(DataKind.Boolean, "maybe")]
    [InlineData(DataKind.DateTime, "someday")]
    public void Value_NotOfItsType_ThrowsNamingLineAndColumn(DataKind kind, string text)
    {
        var view = ml.Data.LoadFromTextFile(folder.Write("data.txt", $"\n{text}\n"), [new("Column", kind, 0)]);

        var error = Assert.Throws<FormatException>(() =>
        {
            using var cursor = view.GetRowCursor(view.Schema);
            cursor.MoveNext();
        });
        Assert.Contains($"Could not parse value {text} in line 2, column Column", error.Message);
    }

    [Fact]
    public void Keys_AreWrittenFromZero()
    {
        TextLoader.Column[] columns = [new("Key", DataKind.UInt32, [new(0)], new(3)), new("Any", DataKind.Byte, [new(1)], new())];
        var view = ml.Data.LoadFromTextFile(folder.Write("data.csv", "0,1\n2,9\n3,x\n,254\n"), columns, ',');

        Assert.Equal([1u, 3u, 0u, 0u], view.Values<uint>("Key"));
        Assert.Equal([(byte)2, (byte)10, (byte)0, (byte)255], view.Values<byte>("Any"));
        Assert.Equal(new KeyDataViewType(typeof(uint), 3), view.Schema["Key"].Type);
        Assert.Equal(new KeyDataViewType(typeof(byte), 255), view.Schema["Any"].Type);
    }

    [Fact]
    public void Range_ToTheEnd_TakesTheSizeOfTheFile()
    {
        var view = Load("a,1,2,3\nb,4,5,6\n", new() { Separators = [','], Columns = [new("Rest", DataKind.Single, [new(1, null)])] });

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), view.Schema["Rest"].Type);
        Assert.Equal([[1, 2, 3], [4, 5, 6]], view.Values<float[]>("Rest"));
    }

    [Fact]
    public void Range_ToTheEndOfUnequalLines_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Load("a,1,2,3\nb,4\n", new() { Separators = [','], Columns = [new("Rest", DataKind.Single, [new(1, null)])] }));

    [Fact]
    public void Range_ToTheEndWithoutSample_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Data.CreateTextLoader([new("Rest", DataKind.Single, [new(1, null)])]));

    [Fact]
    public void Range_Variable_FollowsTheLine()
    {
        var view = Load("a,1,2,3\nb,4\nc\n", new() { Separators = [','], Columns = [new("Rest", DataKind.Single, [new() { Min = 1, VariableEnd = true }])] });

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), view.Schema["Rest"].Type);
        Assert.Equal([[1, 2, 3], [4], []], view.Values<float[]>("Rest"));
    }

    [Fact]
    public void Range_AllOther_LeavesOutWhatOthersHave()
    {
        var view = Load("a,1,2,3\nb,4,5,6\n", new() { Separators = [','], Columns = [new("Third", DataKind.String, 2), new("Rest", DataKind.String, [new() { Min = 0, Max = 3, AllOther = true }])] });
        Assert.Equal([["a", "1", "3"], ["b", "4", "6"]], view.Values<string[]>("Rest"));
    }

    [Fact]
    public void Ranges_Several_AreJoinedInTheirOrder()
    {
        var view = Load("a,1,2,3\nb,4,5,6\n", new() { Separators = [','], Columns = [new("Mixed", DataKind.Single, [new(3), new(1, 2)])] });
        Assert.Equal([[3, 1, 2], [6, 4, 5]], view.Values<float[]>("Mixed"));
    }

    [Fact]
    public void Ranges_Overlapping_Throw() =>
        Assert.Contains("overlap", Assert.Throws<ArgumentOutOfRangeException>(() => ml.Data.CreateTextLoader([new("Twice", DataKind.Single, [new(1, 2), new(2, 3)])])).Message);

    [Fact]
    public void Columns_NotGiven_AreLabelAndFeatures()
    {
        var view = ml.Data.LoadFromTextFile(folder.Write("data.tsv", "1\t2\t3\n0\t4\t5\n"));

        Assert.Equal([1f, 0f], view.Values<float>("Label"));
        Assert.Equal([[2, 3], [4, 5]], view.Values<float[]>("Features"));
    }

    [Fact]
    public void SparseLines_Allowed_ArePairs()
    {
        TextLoader.Column[] columns = [new("Text", DataKind.String, 0), new("Vector", DataKind.Single, 1, 5)];
        var view = ml.Data.LoadFromTextFile(folder.Write("data.tsv", "a\t5\t1:2\t3:4\nb\t1\t2\t3\t4\t5\n"), columns, allowSparse: true);

        Assert.Equal([[0, 2, 0, 4, 0], [1, 2, 3, 4, 5]], view.Values<float[]>("Vector"));
        Assert.Equal(["a", "b"], view.Values<string>("Text"));
    }

    [Fact]
    public void File_Absent_Throws() =>
        Assert.Contains("File or directory does not exist at path: /nowhere/x.csv",
            Assert.Throws<ArgumentOutOfRangeException>(() => ml.Data.LoadFromTextFile("/nowhere/x.csv", s_columns)).Message);

    [Fact]
    public void File_Empty_HasNoRows() => Assert.Empty(Csv("").Values<string>("Text"));

    [Theory]
    [InlineData('1')]
    [InlineData('"')]
    public void Separator_NotPossible_Throws(char separator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ml.Data.CreateTextLoader(s_columns, separator));

    private sealed class Example
    {
        [LoadColumn(0)] public string Text { get; set; } = "";
        [LoadColumn(1, 3), ColumnName("Features")] public float[] Numbers { get; set; } = [];
        [LoadColumn(4), KeyType(2)] public uint Key { get; set; }
        [LoadColumn(new[] { 3, 2 })] public float[] Chosen { get; set; } = [];
        [LoadColumn(4)] public bool Flag { get; set; }
    }

    private sealed class Incomplete
    {
        public string Text { get; set; } = "";
    }

    [Fact]
    public void Class_WithLoadColumns_SaysWhatIsRead()
    {
        var view = ml.Data.LoadFromTextFile<Example>(folder.Write("data.csv", "a,1,2,3,1\nb,4,5,6,0\n"), ',');

        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3), view.Schema["Features"].Type);
        Assert.Equal([[1, 2, 3], [4, 5, 6]], view.Values<float[]>("Features"));
        Assert.Equal([2u, 1u], view.Values<uint>("Key"));
        Assert.Equal([[3, 2], [6, 5]], view.Values<float[]>("Chosen"));
        Assert.Equal([true, false], view.Values<bool>("Flag"));
        Assert.Equal([1f, 2, 3], ml.Data.CreateEnumerable<Example>(view, reuseRowObject: false).First().Numbers);
    }

    [Fact]
    public void Class_WithoutLoadColumn_Throws() =>
        Assert.Contains("is missing the LoadColumnAttribute attribute",
            Assert.Throws<InvalidOperationException>(() => ml.Data.LoadFromTextFile<Incomplete>(folder.Write("data.csv", "a"), ',')).Message);

    [Fact]
    public void Columns_NotAsked_AreNotParsed()
    {
        TextLoader.Column[] columns = [new("Text", DataKind.String, 0), new("Count", DataKind.Int32, 1)];
        var view = ml.Data.LoadFromTextFile(folder.Write("data.csv", "a,no number\n"), columns, ',');
        Assert.Equal(["a"], view.Values<string>("Text"));
    }

    [Fact]
    public void Loader_OutputSchema_IsThatOfItsViews()
    {
        var loader = ml.Data.CreateTextLoader(s_columns, ',');
        var view = loader.Load(new MultiFileSource(folder.Write("data.csv", "a,1,2\n")));

        Assert.Same(loader.GetOutputSchema(), view.Schema);
    }

    [Fact]
    public void Getter_BehindTheLastRow_Throws()
    {
        var view = Csv("a,1,2\n");
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<float>(view.Schema["Number"]);
        float value = 0;
        while (cursor.MoveNext())
            getter(ref value);

        Assert.Equal(1, value);
        Assert.Throws<InvalidOperationException>(() => getter(ref value));
    }
}

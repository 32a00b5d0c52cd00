using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class SplitTests
{
    private static readonly MLContext Ml = new(1);
    private static readonly VisionData Data = new();

    public sealed class Row
    {
        public string Name { get; set; } = "";
        public string Label { get; set; } = "";
        public string? Patient { get; set; }
        public int Number { get; set; }
        public float Room { get; set; }
        public bool Left { get; set; }
    }

    /// <summary>Classes of 50, 31 and 7 rows, mixed; patients of 1 to 12 rows.</summary>
    private static readonly Row[] Rows = Make();

    private static Row[] Make()
    {
        var random = new Random(3);
        var labels = Enumerable.Repeat("b", 50).Concat(Enumerable.Repeat("a", 31)).Concat(Enumerable.Repeat("c", 7)).ToArray();
        random.Shuffle(labels);
        return [.. labels.Select((label, i) => new Row { Name = $"r{i}", Label = label, Patient = $"p{(int)Math.Sqrt(i * 3)}", Number = i / 4, Room = i / 8 / 2f, Left = i < 40 })];
    }

    /// <summary>A view that gives rows by cursor only, and one that gives them by number.</summary>
    public static TheoryData<bool> Both => [false, true];

    private static IDataView View(bool isIndexed, IReadOnlyList<Row>? rows = null)
    {
        rows ??= Rows;
        if (!isIndexed)
            return Ml.Data.LoadFromEnumerable(rows);
        string[] names = [.. rows.Select(r => r.Label).Distinct().Order(StringComparer.Ordinal)];
        return new TableView.Builder(rows.Count)
            .AddText("Name", [.. rows.Select(r => r.Name)])
            .AddKey("Label", [.. rows.Select(r => Array.IndexOf(names, r.Label))], names)
            .AddText("Patient", [.. rows.Select(r => r.Patient ?? "")])
            .Build();
    }

    private static readonly Dictionary<string, Row> Known = Rows.ToDictionary(r => r.Name);

    private static List<Row> Read(IDataView view) => [.. view.GetColumn<string>("Name").Select(n => Known[n])];

    private static void DisjointAndComplete(DataSplit split)
    {
        var (train, test) = (Read(split.Train), Read(split.Test));
        Assert.Empty(train.Intersect(test));
        Assert.Equal(Rows.ToHashSet(), train.Concat(test).ToHashSet());
        Assert.Equal(Rows.Length, train.Count + test.Count);
        Assert.Equal((train.Count, test.Count), ((int)split.Train.GetRowCount()!, (int)split.Test.GetRowCount()!));
        // In the order of the data.
        Assert.Equal(Rows.Where(train.Contains), train);
        Assert.Equal(Rows.Where(test.Contains), test);
    }

    private static void EachRowOnce(IReadOnlyList<DataSplit> folds)
    {
        Assert.All(folds, DisjointAndComplete);
        Assert.Equal(Rows.Select(r => r.Name).Order(), folds.SelectMany(f => Read(f.Test)).Select(r => r.Name).Order());
        Assert.All(folds, f => Assert.NotEmpty(Read(f.Test)));
    }

    private static void SeedDecides(Func<int, IDataView> test)
    {
        Assert.Equal(Read(test(5)), Read(test(5)));
        Assert.NotEqual(Read(test(5)), Read(test(6)));
    }

    private static void NoGroupOnBothSides(DataSplit split, Func<Row, object?> group) =>
        Assert.Empty(Read(split.Train).Select(group).Intersect(Read(split.Test).Select(group)));

    [Theory]
    [MemberData(nameof(Both))]
    public void StratifiedSplit_AnyFraction_GivesEachClassItsShareWithinOneRow(bool isIndexed)
    {
        foreach (var fraction in new[] { 0.05, 0.1, 0.2, 1 / 3.0, 0.5, 0.77, 0.95 })
        {
            var split = Data.StratifiedSplit(View(isIndexed), fraction, seed: 2);
            DisjointAndComplete(split);
            foreach (var group in Rows.GroupBy(r => r.Label))
                Assert.InRange(Read(split.Test).Count(r => r.Label == group.Key) - group.Count() * fraction, -1, 1);
            Assert.All(Rows.Select(r => r.Label).Distinct(), l => Assert.Contains(Read(split.Train), r => r.Label == l));
            Assert.InRange(Read(split.Test).Count - Rows.Length * fraction, -1, 1);
        }
        SeedDecides(seed => Data.StratifiedSplit(View(isIndexed), seed: seed).Test);
    }

    [Fact]
    public void StratifiedSplit_ManySmallClasses_StaysWithinOneRow()
    {
        // What the small classes cannot give must not be taken from the large one.
        int[] classOf = [.. Enumerable.Range(0, 20), .. Enumerable.Repeat(20, 10)];
        var (_, test) = StratifiedRows.Split(Enumerable.Range(0, 30), classOf, 0.5, 1);
        Assert.Equal(5, test.Count(row => classOf[row] == 20));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void StratifiedFolds_EachRow_IsHeldOutOnce(bool isIndexed)
    {
        var folds = Data.StratifiedFolds(View(isIndexed), 4, seed: 2);
        Assert.Equal(4, folds.Count);
        EachRowOnce(folds);
        foreach (var fold in folds)
        {
            foreach (var group in Rows.GroupBy(r => r.Label))
                Assert.InRange(Read(fold.Test).Count(r => r.Label == group.Key) - group.Count() / 4.0, -0.99, 0.99);
            Assert.InRange(Read(fold.Test).Count - Rows.Length / 4.0, -0.99, 0.99);
        }
        SeedDecides(seed => Data.StratifiedFolds(View(isIndexed), 4, seed: seed)[0].Test);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void GroupSplit_NoPatient_IsOnBothSides(bool isIndexed)
    {
        foreach (var fraction in new[] { 0.05, 0.2, 0.5, 0.9 })
            foreach (var label in new[] { null, "Label" })
            {
                var split = Data.GroupSplit(View(isIndexed), "Patient", fraction, 3, label);
                DisjointAndComplete(split);
                NoGroupOnBothSides(split, r => r.Patient);
                // The largest patient has 11 rows; half of them may be too many or too few.
                Assert.InRange(Read(split.Test).Count - Rows.Length * fraction, -6, 6);
            }
        SeedDecides(seed => Data.GroupSplit(View(isIndexed), "Patient", seed: seed).Test);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void GroupFolds_EachRow_IsHeldOutOnceWithItsPatient(bool isIndexed)
    {
        foreach (var label in new[] { null, "Label" })
        {
            var folds = Data.GroupFolds(View(isIndexed), "Patient", 3, 2, label);
            EachRowOnce(folds);
            Assert.All(folds, f => NoGroupOnBothSides(f, r => r.Patient));
        }
        SeedDecides(seed => Data.GroupFolds(View(isIndexed), "Patient", 3, seed)[0].Test);
    }

    [Fact]
    public void GroupFolds_Labels_KeepTheirShares()
    {
        // 40 groups of 5 rows of one class each; each tenth group is of the rare class.
        int[] groupOf = [.. Enumerable.Range(0, 200).Select(i => i / 5)];
        int[] classOf = [.. groupOf.Select(g => g % 10 == 0 ? 1 : 0)];
        for (var seed = 0; seed < 10; seed++)
        {
            var partOf = GroupedRows.Deal(groupOf, classOf, [0.25, 0.25, 0.25, 0.25], seed);
            for (var part = 0; part < 4; part++)
            {
                Assert.Equal(1, Enumerable.Range(0, 40).Count(g => partOf[g] == part && g % 10 == 0));
                Assert.Equal(9, Enumerable.Range(0, 40).Count(g => partOf[g] == part && g % 10 != 0));
            }
        }
    }

    [Fact]
    public void GroupedDeal_GroupsOfAnySizes_LeavesNoPartEmpty()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var groups = random.Next(2, 8);
            int[] groupOf = [.. Enumerable.Range(0, groups), .. Enumerable.Range(0, random.Next(60)).Select(_ => random.Next(groups))];
            int[] classOf = [.. groupOf.Select(_ => random.Next(4))];
            var share = random.NextDouble() * 0.98 + 0.01;
            Assert.Equal([0, 1], GroupedRows.Deal(groupOf, classOf, [1 - share, share], seed).Distinct().Order());
            Assert.Equal(groups, GroupedRows.Deal(groupOf, classOf, [.. Enumerable.Repeat(1.0 / groups, groups)], seed).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("Number")]
    [InlineData("Room")]
    [InlineData("Left")]
    public void GroupSplit_ColumnsOfOtherTypes_Group(string column)
    {
        var split = Data.GroupSplit(View(false), column, 0.4);
        DisjointAndComplete(split);
        NoGroupOnBothSides(split, r => typeof(Row).GetProperty(column)!.GetValue(r));
    }

    [Fact]
    public void GroupSplit_Key_Groups()
    {
        var split = Data.GroupSplit(View(true), "Label", 0.4);
        DisjointAndComplete(split);
        NoGroupOnBothSides(split, r => r.Label);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Parts_SplitAgain_StayParts(bool isIndexed)
    {
        var (train, test) = Data.StratifiedSplit(View(isIndexed), 0.3);
        var (left, right) = Data.GroupSplit(train, "Patient", 0.5);
        Assert.Equal(Read(train).ToHashSet(), Read(left).Concat(Read(right)).ToHashSet());
        Assert.Empty(Read(test).Intersect(Read(right)));
        Assert.NotEmpty(Read(left));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Parts_Shuffled_GiveEveryRowOnce(bool isIndexed)
    {
        var view = View(isIndexed);
        var (train, _) = Data.StratifiedSplit(view, 0.3);
        Assert.Equal(view.CanShuffle, train.CanShuffle);
        var rows = new List<Row>();
        using var cursor = train.GetRowCursor(train.Schema, new Random(2));
        var getter = cursor.GetGetter<ReadOnlyMemory<char>>(train.Schema["Name"]);
        ReadOnlyMemory<char> name = default;
        while (cursor.MoveNext())
        {
            Assert.Equal(rows.Count, cursor.Position);
            getter(ref name);
            rows.Add(Known[name.ToString()]);
        }
        Assert.False(cursor.MoveNext());
        Assert.Equal(Read(train).ToHashSet(), rows.ToHashSet());
        Assert.Equal(Read(train).Count, rows.Count);
        Assert.Equal(view.CanShuffle, !Read(train).SequenceEqual(rows));
    }

    [Fact]
    public void FilteredView_OfAViewThatShuffles_ShufflesItsOwnRows()
    {
        int[] rows = [.. Enumerable.Range(0, Rows.Length).Where(i => i % 3 == 1)];
        var view = new FilteredView(View(true), rows);
        Assert.Equal(rows.Select(i => Rows[i]), Read(view));
        var orders = new List<string>();
        foreach (var seed in new[] { 1, 2, 1 })
        {
            using var cursor = view.GetRowCursor(view.Schema, new Random(seed));
            var getter = cursor.GetGetter<ReadOnlyMemory<char>>(view.Schema["Name"]);
            ReadOnlyMemory<char> name = default;
            var names = new List<string>();
            while (cursor.MoveNext())
            {
                getter(ref name);
                names.Add(name.ToString());
            }
            Assert.Equal(rows.Select(i => Rows[i].Name).Order(), names.Order());
            orders.Add(string.Join(' ', names));
        }
        Assert.NotEqual(orders[0], orders[1]);
        Assert.Equal(orders[0], orders[2]);
    }

    [Fact]
    public void Parts_Schema_IsThatOfTheWhole()
    {
        var view = View(true);
        var (train, test) = Data.StratifiedSplit(view);
        Assert.Same(view.Schema, train.Schema);
        Assert.Same(view.Schema, test.Schema);
        Assert.Equal(["a", "b", "c"], test.ClassNames());
        Assert.Equal(Read(test).Select(r => (uint)"abc".IndexOf(r.Label[0]) + 1), test.GetColumn<uint>("Label"));
    }

    [Fact]
    public void Parts_InAPipeline_Serve()
    {
        var (train, test) = Data.StratifiedSplit(View(false));
        var model = Ml.Transforms.Conversion.MapValueToKey("Key", "Label").Fit(train);
        Assert.Equal(test.GetRowCount(), model.Transform(test).GetColumn<uint>("Key").Count(k => k > 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void Splits_FractionOutOfBounds_IsRefused(double fraction)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.StratifiedSplit(View(true), fraction));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.GroupSplit(View(true), "Patient", fraction));
    }

    [Fact]
    public void Folds_FewerThanTwo_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.StratifiedFolds(View(true), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Data.GroupFolds(View(true), "Patient", 0));
    }

    [Fact]
    public void StratifiedFolds_ClassWithFewerRowsThanFolds_IsNamed()
    {
        var message = Assert.Throws<InvalidDataException>(() => Data.StratifiedFolds(View(true), 8)).Message;
        Assert.Contains("'c' has 7", message);
        Assert.DoesNotContain("'a'", message);
        Assert.Contains("'c' has 7", Assert.Throws<InvalidDataException>(() => Data.StratifiedFolds(View(false), 8)).Message);
    }

    [Fact]
    public void GroupFolds_FewerGroupsThanFolds_SaysHowMany() =>
        Assert.Contains("3 different values", Assert.Throws<InvalidDataException>(() => Data.GroupFolds(View(true), "Label", 4)).Message);

    [Fact]
    public void GroupSplit_RowWithoutGroup_IsNamed()
    {
        Row[] rows = [.. Rows.Take(5), new Row { Name = "r5", Label = "a", Patient = " ", Room = float.NaN }];
        foreach (var (view, column) in new[] { (View(true, rows), "Patient"), (View(false, rows), "Patient"), (View(false, rows), "Room") })
            Assert.Contains($"Row 5 has no value in the group column '{column}'", Assert.Throws<InvalidDataException>(() => Data.GroupSplit(view, column)).Message);
    }

    [Fact]
    public void Splits_MissingColumns_AreNamed()
    {
        Assert.Contains("'Person'", Assert.Throws<ArgumentException>(() => Data.GroupSplit(View(true), "Person")).Message);
        Assert.Contains("'Kind'", Assert.Throws<ArgumentException>(() => Data.StratifiedSplit(View(true), labelColumn: "Kind")).Message);
    }

    [Fact]
    public void Splits_NoRows_AreRefused()
    {
        Assert.Contains("no rows", Assert.Throws<InvalidDataException>(() => Data.StratifiedSplit(View(false, []))).Message);
        Assert.Contains("no rows", Assert.Throws<InvalidDataException>(() => Data.GroupFolds(View(false, []), "Patient")).Message);
    }

    [Fact]
    public void StratifiedSplit_TooFewRows_SaysWhy() =>
        Assert.Contains("no row", Assert.Throws<InvalidDataException>(() => Data.StratifiedSplit(View(true, [.. Rows.DistinctBy(r => r.Label)]))).Message);
}

using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Data;

public class BoxColumnsTests
{
    private sealed class Row
    {
        public string Image { get; set; } = "";

        public float[] BoundingBoxes { get; set; } = [];

        public string[] Labels { get; set; } = [];
    }

    private static readonly AnnotatedSet Set = new(["cat", "dog"],
    [
        new("/a.png", 10, 20,
        [
            new(new SampleBox(1, 2, 3, 4, 1, true)) { IsDifficult = true, IsTruncated = true, Pose = "Left", Area = 3.5f, Segmentation = "[[1,2]]"u8.ToArray(), Id = 0 },
            new(new SampleBox(5, 6, 5, 6, 0)) { Area = 7, Id = 9 },
        ]) { Id = 42 },
        new("/b.png", 30, 40, []) { Id = 43 },
    ], (AnnotationFields)255);

    private static List<List<AnnotatedObject>> Read(IDataView view, IReadOnlyList<string>? classNames = null, bool isLenient = false)
    {
        var columns = BoxColumns.Find(view.Schema);
        using var cursor = view.GetRowCursor(columns.All);
        var reader = new BoxReader(cursor, columns, classNames, isLenient);
        var rows = new List<List<AnnotatedObject>>();
        while (cursor.MoveNext())
        {
            var objects = new List<AnnotatedObject>();
            reader.Read(objects);
            rows.Add(objects);
        }
        return rows;
    }

    private static IDataView View(params Row[] rows) => new MLContext().Data.LoadFromEnumerable(rows);

    [Fact]
    public void Read_SetAsView_GivesItsObjects()
    {
        var rows = Read(AnnotatedView.Of(Set));
        Assert.Equal([2, 0], rows.Select(r => r.Count));
        for (var i = 0; i < 2; i++)
        {
            var (wanted, got) = (Set.Images[0].Objects[i], rows[0][i]);
            Assert.Equal(wanted with { Segmentation = default, Pose = null }, got with { Segmentation = default, Pose = null });
            Assert.Equal(wanted.Pose ?? "", got.Pose);
            Assert.Equal(wanted.Segmentation.ToArray(), got.Segmentation.ToArray());
        }
    }

    [Fact]
    public void Of_Set_HasTheColumnsOfTheContract()
    {
        var schema = AnnotatedView.Of(Set).Schema;
        Assert.Equal(["Image", "ImageWidth", "ImageHeight", "ImageId", "BoundingBoxes", "Labels", "IsCrowd", "IsDifficult", "IsTruncated", "Poses", "Areas", "Segmentations", "AnnotationIds"], schema.Select(c => c.Name));
        Assert.False(Assert.IsType<VectorDataViewType>(schema["Labels"].Type).IsKnownSize);
        Assert.False(Assert.IsType<VectorDataViewType>(schema["BoundingBoxes"].Type).IsKnownSize);
        Assert.Equal(["Image", "ImageWidth", "ImageHeight", "BoundingBoxes", "Labels"], AnnotatedView.Of(Set with { Fields = AnnotationFields.None }).Schema.Select(c => c.Name));
        Assert.Equal(["cat", "dog"], BoxColumns.Find(schema).ClassNames);
    }

    [Fact]
    public void Read_OtherOrderOfClasses_FindsThemByName()
    {
        Assert.Equal([0, 2], Read(AnnotatedView.Of(Set), ["dog", "emu", "cat"])[0].Select(o => o.Box.Label));
        var error = Assert.Throws<InvalidDataException>(() => Read(AnnotatedView.Of(Set), ["cat"]));
        Assert.Contains("'dog'", error.Message);
        Assert.Equal([-1, 0], Read(AnnotatedView.Of(Set), ["cat"], isLenient: true)[0].Select(o => o.Box.Label));
    }

    [Fact]
    public void Read_TextLabels_AreNumberedAsTheyCome()
    {
        var view = View(new Row { BoundingBoxes = [0, 0, 1, 1, 2, 2, 3, 3], Labels = ["b", "a"] }, new Row(), new Row { BoundingBoxes = [0, 0, 1, 1], Labels = ["b"] });
        var rows = Read(view);
        Assert.Equal([[0, 1], [], [0]], rows.Select(r => r.Select(o => o.Box.Label)));
        Assert.Equal(1, rows[0][0].Area);
        Assert.Null(BoxColumns.Find(view.Schema).ClassNames);
        Assert.Equal([1, 0], Read(view, ["a", "b"])[0].Select(o => o.Box.Label));
    }

    [Fact]
    public void Read_CountsDisagree_NamesRowAndCounts()
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(View(new Row(), new Row { BoundingBoxes = [0, 0, 1, 1, 5], Labels = ["b"] })));
        Assert.Contains("Row 1", error.Message);
        Assert.Contains("5 numbers", error.Message);
    }

    [Theory]
    [InlineData(2f, 0f, 1f, 1f)]
    [InlineData(0f, 2f, 1f, 1f)]
    [InlineData(float.NaN, 0f, 1f, 1f)]
    [InlineData(0f, 0f, float.PositiveInfinity, 1f)]
    public void Read_WhatIsNoBox_IsRefused(float x0, float y0, float x1, float y1)
    {
        var view = View(new Row { BoundingBoxes = [x0, y0, x1, y1], Labels = ["b"] });
        Assert.Contains("object 0 in row 0", Assert.Throws<InvalidDataException>(() => Read(view)).Message);
        Assert.Single(Read(view, isLenient: true)[0]);
    }

    [Fact]
    public void Read_MissingLabel_IsRefused() =>
        Assert.Contains("no label", Assert.Throws<InvalidDataException>(() => Read(View(new Row { BoundingBoxes = [0, 0, 1, 1], Labels = [""] }))).Message);

    [Fact]
    public void Find_WrongColumns_NamesThem()
    {
        var view = View(new Row());
        Assert.Contains("'Nowhere'", Assert.Throws<ArgumentException>(() => BoxColumns.Find(view.Schema, "Nowhere")).Message);
        Assert.Contains("must be a vector of Single", Assert.Throws<ArgumentException>(() => BoxColumns.Find(view.Schema, "Image")).Message);
        Assert.Contains("key or text", Assert.Throws<ArgumentException>(() => BoxColumns.Find(view.Schema, labels: "BoundingBoxes")).Message);
        Assert.True(BoxColumns.Exist(view.Schema));
    }
}

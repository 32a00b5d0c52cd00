using Fovea.Data;
using Microsoft.ML;
using TorchSharp;

namespace Fovea.Tests.Data;

public class BatchCollectorTests
{
    [Theory]
    [InlineData(1, false, 1)]
    [InlineData(5, false, 1)]
    [InlineData(5, true, 4)]
    [InlineData(5, false, 4)]
    public void ToTensor_Rows_GivesWhatTheLoaderGives(int rows, bool channelsLast, int threads)
    {
        var view = Samples.BytesView(new MLContext(1), 5);
        using var loader = new BatchLoader(ImageSet.Open(view, "Image", "Label", Samples.Input()), rows);
        using var expected = loader.Epoch(0).First().Images.clone();

        using var collector = new BatchCollector(Samples.Input(), 5, channelsLast, threads);
        var column = view.Schema["Image"];
        for (var round = 0; round < 2; round++)
        {
            using var cursor = view.GetRowCursor([column]);
            var reader = RawImageReader.Create(cursor, column);
            collector.Clear();
            while (collector.Count < rows && cursor.MoveNext())
                collector.Add(reader);
            Assert.Equal(rows == 5, collector.IsFull);
            TensorAssert.Same(expected, collector.ToTensor());
        }
    }

    [Fact]
    public void ToTensor_TwoBadImages_NamesTheFirst()
    {
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 6).Select(row => new Samples.BytesRow { Image = row is 2 or 4 ? [9, 9] : Samples.Ppm(row) }).ToList());
        var column = view.Schema["Image"];
        using var collector = new BatchCollector(Samples.Input(), 6, threads: 3);
        using var cursor = view.GetRowCursor([column]);
        var reader = RawImageReader.Create(cursor, column);
        while (cursor.MoveNext())
            collector.Add(reader);
        Assert.Contains("row 2", Assert.Throws<InvalidDataException>(() => collector.ToTensor()).Message);
    }

    [Fact]
    public void Add_RowWithoutImage_NamesRowAndColumn()
    {
        var ml = new MLContext(1);
        var column = "Image";
        var empty = ml.Data.LoadFromEnumerable(new[] { new Samples.BytesRow() }.ToList());
        using var collector = new BatchCollector(Samples.Input(), 6);
        using var cursor = empty.GetRowCursor(empty.Schema);
        var reader = RawImageReader.Create(cursor, empty.Schema[column]);
        cursor.MoveNext();
        var error = Assert.Throws<InvalidDataException>(() => collector.Add(reader));
        Assert.Contains("Row 0", error.Message);
        Assert.Contains("'Image'", error.Message);
    }
}

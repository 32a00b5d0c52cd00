using Fovea.Data;
using Microsoft.ML;

namespace Fovea.Tests.Data;

public class RawImageReaderTests
{
    [Fact]
    public void Read_RowWithoutImage_NamesRowAndColumn()
    {
        var empty = new MLContext(1).Data.LoadFromEnumerable(new[] { new Samples.BytesRow() }.ToList());
        using var cursor = empty.GetRowCursor(empty.Schema);
        var reader = RawImageReader.Create(cursor, empty.Schema["Image"]);
        cursor.MoveNext();
        var error = Assert.Throws<InvalidDataException>(() => reader.Read(new RawImage()));
        Assert.Contains("Row 0", error.Message);
        Assert.Contains("'Image'", error.Message);
    }
}

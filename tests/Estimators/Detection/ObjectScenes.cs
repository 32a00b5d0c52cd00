using Fovea.Tests.Classification;
using Microsoft.ML;

namespace Fovea.Tests.Detection;

/// <summary>Pictures of a few discs and squares on noise, with their boxes.</summary>
internal static class ObjectScenes
{
    public sealed class Row
    {
        public byte[] Image { get; set; } = [];

        public float[] BoundingBoxes { get; set; } = [];

        public string[] Labels { get; set; } = [];
    }

    public static IDataView View(MLContext ml, int count, int seed = 0, int height = 96, int width = 96, int most = 3) => Of(ml, Rows(count, seed, height, width, most));

    public static IDataView Of(MLContext ml, IEnumerable<Row> rows) => ml.Data.LoadFromEnumerable(rows.ToList());

    public static IEnumerable<Row> Rows(int count, int seed = 0, int height = 96, int width = 96, int most = 3) =>
        Enumerable.Range(0, count).Select(i => Paint(new Random(seed * 1000 + i), height, width, most));

    /// <summary>The same as files in the layout of a VOC set.</summary>
    public static void WriteVoc(TempFolder folder, string name, int train, int test)
    {
        var names = new List<string>();
        foreach (var row in Rows(train + test))
        {
            names.Add($"{names.Count:000}");
            folder.Write($"{name}/JPEGImages/{names[^1]}.png", row.Image);
            var objects = row.Labels.Select((label, i) => $"<object><name>{label}</name><bndbox><xmin>{row.BoundingBoxes[4 * i]}</xmin><ymin>{row.BoundingBoxes[4 * i + 1]}</ymin>"
                + $"<xmax>{row.BoundingBoxes[4 * i + 2]}</xmax><ymax>{row.BoundingBoxes[4 * i + 3]}</ymax></bndbox></object>");
            folder.Write($"{name}/Annotations/{names[^1]}.xml", System.Text.Encoding.UTF8.GetBytes(
                $"<annotation><filename>{names[^1]}.png</filename><size><width>96</width><height>96</height><depth>3</depth></size>{string.Concat(objects)}</annotation>"));
        }
        folder.Write($"{name}/ImageSets/Main/train.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', names.Take(train))));
        folder.Write($"{name}/ImageSets/Main/test.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', names.Skip(train))));
    }

    public static Row Paint(Random random, int height, int width, int most)
    {
        var pixels = new byte[height * width * 3];
        random.NextBytes(pixels);
        foreach (ref var value in pixels.AsSpan())
            value = (byte)(60 + value / 8);
        var (boxes, labels) = (new List<float>(), new List<string>());
        for (var i = random.Next(1, most + 1); i > 0; i--)
        {
            var isDisc = random.Next(2) == 0;
            var r = random.Next(8, 17);
            var (cx, cy) = (random.Next(r, width - r), random.Next(r, height - r));
            for (var y = cy - r; y < cy + r; y++)
                for (var x = cx - r; x < cx + r; x++)
                    if (!isDisc || (x + 0.5 - cx) * (x + 0.5 - cx) + (y + 0.5 - cy) * (y + 0.5 - cy) <= r * r)
                        (pixels[(y * width + x) * 3], pixels[(y * width + x) * 3 + 1], pixels[(y * width + x) * 3 + 2]) = isDisc ? ((byte)220, (byte)40, (byte)40) : ((byte)40, (byte)60, (byte)220);
            boxes.AddRange([cx - r, cy - r, cx + r, cy + r]);
            labels.Add(isDisc ? "disc" : "square");
        }
        return new Row { Image = Png.Encode(width, height, 3, pixels), BoundingBoxes = [.. boxes], Labels = [.. labels] };
    }
}

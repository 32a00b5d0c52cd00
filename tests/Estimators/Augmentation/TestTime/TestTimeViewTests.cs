using System.Text.Json;
using Fovea.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Augmenting;

public class TestTimeViewTests
{
    private const int Height = 6, Width = 8;

    private sealed record TenCropCase(int Height, int Width, int CropHeight, int CropWidth, long[][] Crops);

    /// <summary>Against torchvision: tests/Reference/data/tencrop.py.</summary>
    [Fact]
    public void FiveCrops_AndTheirMirrorImages_AreTorchvisionsTenCrop()
    {
        var cases = JsonSerializer.Deserialize<TenCropCase[]>(File.ReadAllText(TestData.Reference("data/tencrop.json")), JsonSerializerOptions.Web)!;
        Assert.Equal(5, cases.Length);
        using var scope = NewDisposeScope();
        foreach (var c in cases)
        {
            var image = arange(c.Height * c.Width, ScalarType.Int64).reshape(1, 1, c.Height, c.Width);
            var five = new TestTimeView(c.Height, c.Width, c.CropHeight, c.CropWidth).FiveCrops();
            var ten = five.Concat(five.Select(v => v with { FlipX = true })).ToArray();
            for (var i = 0; i < 10; i++)
                Assert.Equal(c.Crops[i], ten[i].Apply(image).contiguous().data<long>().ToArray());
        }
    }

    [Fact]
    public void ViewsOf_TenCrop_HasTheirOrder()
    {
        var views = TestTimeAugmentation.TenCrop.ViewsOf(ImageInput.Create(224, 224, 3));
        Assert.Equal([(0, 0), (0, 32), (32, 0), (32, 32), (16, 16), (0, 0), (0, 32), (32, 0), (32, 32), (16, 16)], views.Select(v => (v.Top, v.Left)));
        Assert.Equal([.. Enumerable.Repeat(false, 5), .. Enumerable.Repeat(true, 5)], views.Select(v => v.FlipX));
        Assert.All(views, v => Assert.Equal((256, 256, 224, 224), (v.FrameHeight, v.FrameWidth, v.Height, v.Width)));
    }

    public static TheoryData<TestTimeAugmentation> Descriptions => new()
    {
        TestTimeAugmentation.None,
        new TestTimeAugmentation { HorizontalFlip = true },
        new TestTimeAugmentation { VerticalFlip = true },
        new TestTimeAugmentation { Shift = 2 },
        new TestTimeAugmentation { Shift = 5, ShiftFill = EdgeFill.Edge },
        new TestTimeAugmentation { CropRatio = 1.25 },
        new TestTimeAugmentation { CropRatio = 2, HorizontalFlip = true },
        new TestTimeAugmentation { HorizontalFlip = true, VerticalFlip = true, Shift = 1, CropRatio = 1.4 },
        TestTimeAugmentation.Square,
        new TestTimeAugmentation { Transpose = true, HorizontalFlip = true, Shift = 1, CropRatio = 1.4 },
    };

    private static Tensor Frame(TestTimeAugmentation description, int channels = 3)
    {
        var frame = description.Enlarge(ImageInput.Create(Height, Width, channels));
        var bytes = new byte[2 * channels * frame.Height * frame.Width];
        new Random(3).NextBytes(bytes);
        return tensor(bytes, [2, channels, frame.Height, frame.Width], ScalarType.Byte);
    }

    private static IReadOnlyList<TestTimeView> Views(TestTimeAugmentation description) => description.ViewsOf(ImageInput.Create(Height, Width, 3));

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void Apply_EveryView_HasTheNetworksSizeAndLeavesTheImagesAlone(TestTimeAugmentation description)
    {
        using var scope = NewDisposeScope();
        var images = Frame(description);
        var before = images.clone();
        var views = Views(description);
        Assert.Equal(description.Views, views.Count);
        Assert.Equal(views.Count, views.Distinct().Count());
        Assert.All(views, v => Assert.Equal(v.Transpose ? [2, 3, Width, Height] : [2, 3, Height, Width], v.Apply(images).shape));
        TensorAssert.Same(before, images);
    }

    [Theory]
    [InlineData("zero", 1)]
    [InlineData("edge", 3)]
    [InlineData("reflect", 1)]
    [InlineData("#ff0000", 1)]
    [InlineData("#0a141e", 3)]
    public void Apply_Shift_IsTheNaiveLoop(string fill, int channels)
    {
        using var scope = NewDisposeScope();
        var images = Frame(TestTimeAugmentation.None, channels);
        var from = images.data<byte>().ToArray();
        foreach (var (down, right) in new[] { (0, 3), (0, -3), (2, 0), (-2, 0), (5, -7), (-1, 1) })
        {
            var view = new TestTimeView(Height, Width, Height, Width) { Down = down, Right = right, Fill = EdgeFill.Parse(fill) };
            var to = view.Apply(images).contiguous().data<byte>().ToArray();
            for (var i = 0; i < to.Length; i++)
            {
                var (plane, y, x) = (i / (Height * Width), i / Width % Height - down, i % Width - right);
                var isGap = y is < 0 or >= Height || x is < 0 or >= Width;
                int wanted(int row, int column) => from[(plane * Height + row) * Width + column];
                Assert.Equal(fill switch
                {
                    "zero" when isGap => 0,
                    "#ff0000" when isGap => 76, // 0.299 of 255
                    "#0a141e" when isGap => 10 * (plane % 3 + 1),
                    "reflect" => wanted(Mirrored(y, Height - 1), Mirrored(x, Width - 1)),
                    _ => wanted(Math.Clamp(y, 0, Height - 1), Math.Clamp(x, 0, Width - 1)),
                }, to[i]);
            }
        }
    }

    private static int Mirrored(int place, int last) => place < 0 ? -place : place > last ? 2 * last - place : place;

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void Undo_OfTheViewItself_IsThePartOfTheFrameThatItShows(TestTimeAugmentation description)
    {
        using var scope = NewDisposeScope();
        var images = Frame(description);
        foreach (var view in Views(description))
        {
            var (part, top, left) = view.Undo(view.Apply(images));
            var (down, right) = view.Transpose ? (view.Right, view.Down) : (view.Down, view.Right);
            Assert.Equal((Height - Math.Abs(down), Width - Math.Abs(right)), (part.size(2), part.size(3)));
            TensorAssert.Same(images.narrow(2, top, part.size(2)).narrow(3, left, part.size(3)), part, view.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void UndoBoxes_OfADrawnRectangle_BoundsItInTheFrame(TestTimeAugmentation description)
    {
        using var scope = NewDisposeScope();
        var frame = description.Enlarge(ImageInput.Create(Height, Width, 1));
        var seen = 0;
        foreach (var view in Views(description))
            for (var x0 = 0; x0 < frame.Width - 1; x0++)
            {
                var (y0, x1, y1) = (x0 % (frame.Height - 1), x0 + 2, x0 % (frame.Height - 1) + 1);
                var images = zeros([1, 1, frame.Height, frame.Width], ScalarType.Byte);
                images.narrow(2, y0, y1 - y0).narrow(3, x0, x1 - x0).fill_(1);
                var visible = view.Apply(images)[0, 0].nonzero();                          // (pixels, 2): y, x
                // Not where a part of it is outside the view, nor where the fill of a gap shows its edge again.
                if (visible.size(0) != 2 || view.Fill == EdgeFill.Edge)
                    continue;
                seen++;
                var (low, high) = (visible.min(0).values.data<long>().ToArray(), visible.max(0).values.data<long>().ToArray());
                var box = tensor(new float[] { low[1], low[0], high[1] + 1, high[0] + 1 }).reshape(1, 4);
                Assert.Equal([x0, y0, x1, y1], view.UndoBoxes(box).data<float>().ToArray());
            }
        Assert.True(seen > 0 || description.ShiftFill == EdgeFill.Edge);
    }

    [Fact]
    public void UndoBoxes_NoBoxes_GivesNone()
    {
        using var boxes = zeros(0, 4);
        using var back = new TestTimeView(8, 8, 6, 6) { FlipX = true, Top = 1 }.UndoBoxes(boxes);
        Assert.Equal([0, 4], back.shape);
    }

    [Fact]
    public void Apply_Square_IsTheEightTurnsAndMirrors()
    {
        using var scope = NewDisposeScope();
        var image = arange(9, ScalarType.Int64).reshape(1, 1, 3, 3);
        var seen = TestTimeAugmentation.Square.ViewsOf(ImageInput.Create(3, 3, 1)).Select(v => string.Join(' ', v.Apply(image).contiguous().data<long>().ToArray())).Order();
        var turned = Enumerable.Range(0, 4).SelectMany(k => new[] { image.rot90(k, (2, 3)), image.flip(3).rot90(k, (2, 3)) });
        Assert.Equal(turned.Select(t => string.Join(' ', t.contiguous().data<long>().ToArray())).Order(), seen);
    }
}

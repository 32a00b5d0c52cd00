using Fovea.Data;
using Fovea.Reporting;
using Fovea.Tests.Classification;
using Fovea.Tests.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fovea.Tests.Segmentation;

public sealed class OverlayTests : IDisposable
{
    private const int Width = 12, Height = 8;

    private static readonly MLContext _ml = new(1);
    private static readonly MaskClasses _classes = new("background", "cell", "nucleus") { Values = [0, 100, 200], IgnoreIndex = 7 };
    private static readonly ColorMap _map = new([(9, 9, 9), (255, 0, 0), (0, 0, 255)]) { Ignored = (0, 255, 0) };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A column of each class's raw value, the last of which counts nowhere, and so on from the left.</summary>
    private static readonly byte[] _mask = [.. Enumerable.Range(0, Width * Height).Select(i => new byte[] { 0, 100, 200, 7 }[i % Width / 3])];

    private static readonly byte[] _image = [.. Enumerable.Range(0, Width * Height * 3).Select(i => (byte)(i * 5 % 251))];

    private IDataView View(MaskClasses? classes, byte[] mask, int maskWidth = Width) => new ListView.Builder()
        .Text("Image", [_folder.Write("image.png", Png.Encode(Width, Height, 3, _image))])
        .Mask(classes, [_folder.Write("mask.png", Png.Encode(maskWidth, mask.Length / maskWidth, 1, mask))]).Build();

    private static OverlayOptions Plain => new() { MaskColumn = "Mask", Colors = _map, Legend = OverlayLegend.None };

    [Fact]
    public void Transform_TrueMask_MixesInClassColorsByOpacity()
    {
        var (pixels, width, _) = Draw(View(_classes, _mask), Plain with { Opacity = 0.25 });
        Assert.Equal(Width, width);
        for (var i = 0; i < _mask.Length; i++)
            for (var c = 0; c < 3; c++)
            {
                var below = _image[i * 3 + c];
                double expected = _mask[i] switch { 100 => 0.75 * below + 0.25 * new[] { 255, 0, 0 }[c], 200 => 0.75 * below + 0.25 * new[] { 0, 0, 255 }[c], _ => below };
                // The opacity is a number of 255ths, 64 for a quarter, and the mixture is rounded.
                Assert.Equal(expected, pixels[i * 4 + c], 1.0);
                if (_mask[i] is 0 or 7)
                    Assert.Equal(below, pixels[i * 4 + c]);
            }
    }

    [Fact]
    public void Transform_OpaqueAndAllColored_IsTheColorMap()
    {
        var (pixels, _, _) = Draw(View(_classes, _mask), Plain with { Opacity = 1, ClearClasses = [], ColorsIgnored = true });
        var expected = _mask.SelectMany(v => v switch { 0 => new byte[] { 9, 9, 9, 255 }, 100 => [255, 0, 0, 255], 200 => [0, 0, 255, 255], _ => [0, 255, 0, 255] });
        Assert.Equal(expected, pixels);
    }

    [Fact]
    public void Transform_OutlineOnly_LeavesTheInsides()
    {
        var (pixels, _, _) = Draw(View(_classes, _mask), Plain with { Opacity = 0, OutlineWidth = 1 });
        for (var i = 0; i < _mask.Length; i++)
        {
            var isRed = i % Width is 3 or 5; // the two edges of the class in columns 3 to 5
            var isBlue = i % Width is 6 or 8;
            Assert.Equal(isRed ? [255, 0, 0] : isBlue ? [0, 0, 255] : _image[(i * 3)..(i * 3 + 3)], pixels[(i * 4)..(i * 4 + 3)]);
        }
    }

    [Fact]
    public void Transform_Legend_HasPresentClassesOrAll()
    {
        var withoutNucleus = _mask.Select(v => v == 200 ? (byte)100 : v).ToArray();
        var (present, width, height) = Draw(View(_classes, withoutNucleus), Plain with { Opacity = 0, Legend = OverlayLegend.PresentClasses });
        Assert.True(width > Width && height > Height);
        Assert.Contains([255, 0, 0, 255], present.Chunk(4));
        Assert.DoesNotContain([0, 0, 255, 255], present.Chunk(4));
        var (all, _, _) = Draw(View(_classes, withoutNucleus), Plain with { Opacity = 0, Legend = OverlayLegend.AllClasses });
        Assert.Contains([0, 0, 255, 255], all.Chunk(4));
        Assert.DoesNotContain([9, 9, 9, 255], all.Chunk(4)); // the background is clear, so it has no color to explain
    }

    [Fact]
    public void Transform_MaskThatNamesNothing_TakesItsValuesForClasses()
    {
        var (pixels, _, _) = Draw(View(null, [.. _mask.Select((_, i) => (byte)(i % 2 == 0 ? 1 : 255))]), Plain with { Opacity = 1 });
        for (var i = 0; i < _mask.Length; i++)
            Assert.Equal(i % 2 == 0 ? [255, 0, 0] : _image[(i * 3)..(i * 3 + 3)], pixels[(i * 4)..(i * 4 + 3)]);
    }

    [Fact]
    public void Transform_RowByRow_IsAsInTheView()
    {
        var view = View(_classes, _mask);
        var transformer = _ml.Vision.Overlay(Plain).Fit(view);
        Assert.True(transformer.IsRowToRowMapper);
        var mapper = transformer.GetRowToRowMapper(view.Schema);
        var overlay = mapper.OutputSchema["Overlay"];
        Assert.Equal(["Image", "Mask"], mapper.GetDependencies([overlay]).Select(c => c.Name));
        using var cursor = view.GetRowCursor(view.Schema);
        using var row = mapper.GetRow(cursor, [overlay]);
        var getter = row.GetGetter<MLImage>(overlay);
        cursor.MoveNext();
        MLImage image = null!;
        getter(ref image);
        Assert.Equal(Draw(view, Plain).Pixels, image.Pixels.ToArray());
        image.Dispose();
    }

    [Fact]
    public void Fit_InAChain_DrawsWhatTheModelPredicts()
    {
        using var scenes = new Scenes(3);
        var trainer = _ml.Vision.Segmentation(new SegmentationOptions { UNet = new UNetOptions { Depth = 2, Width = 2 }, Channels = ImageChannels.Grey, Epochs = 1, Precision = Precision.Float32 });
        var options = new OverlayOptions { Opacity = 1, Legend = OverlayLegend.None };
        var chain = trainer.Append(_ml.Vision.Overlay(options));
        var model = chain.Fit(scenes.View);
        var view = model.Transform(scenes.View);
        using var cursor = view.GetRowCursor(view.Schema);
        var mask = cursor.GetGetter<MLImage>(view.Schema["PredictedMask"]);
        var overlay = cursor.GetGetter<MLImage>(view.Schema["Overlay"]);
        MLImage predicted = null!, drawn = null!;
        var rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            mask(ref predicted);
            overlay(ref drawn);
            var expected = predicted.Pixels.ToArray().Chunk(4).Select(p => ColorMap.Default(3)[p[0]]);
            Assert.Equal(expected, drawn.Pixels.ToArray().Chunk(4).Select(p => (p[0], p[1], p[2])));
        }
        Assert.Equal(3, rows);
        predicted.Dispose();
        drawn.Dispose();
        (model.First() as IDisposable)!.Dispose();
    }

    [Fact]
    public void Transform_MaskOfAnotherSize_NamesBoth()
    {
        var error = Assert.Throws<InvalidDataException>(() => Draw(View(_classes, new byte[Width * Height], maskWidth: Height), Plain));
        Assert.Contains("mask.png' is a mask of 8 x 12 pixels, but its image has 12 x 8", error.Message);
    }

    [Fact]
    public void Transform_ValueThatIsNoClass_NamesFilePixelAndValue()
    {
        var mask = _mask.ToArray();
        mask[2 * Width + 5] = 9;
        var error = Assert.Throws<InvalidDataException>(() => Draw(View(_classes, mask), Plain));
        Assert.Contains("mask.png' has the value 9 at (5, 2)", error.Message);
    }

    [Fact]
    public void Fit_WhatDoesNotFit_SaysWhy()
    {
        var view = View(_classes, _mask);
        Assert.Contains("There is no mask column 'PredictedMask'. The columns are 'Image', 'Mask'", Assert.Throws<ArgumentException>(() => _ml.Vision.Overlay().Fit(view)).Message);
        Assert.Contains("There is no image column 'Picture'", Assert.Throws<ArgumentException>(() => _ml.Vision.Overlay(Plain with { ImageColumn = "Picture" }).Fit(view)).Message);
        Assert.Contains("Class 1, 'cell', has no color", Assert.Throws<ArgumentException>(() => _ml.Vision.Overlay(Plain with { Colors = new([(1, 2, 3)]) }).Fit(view)).Message);
        Assert.Contains("'sky', which is no class", Assert.Throws<ArgumentException>(() => _ml.Vision.Overlay(Plain with { ClearClasses = ["sky"] }).Fit(view)).Message);
    }

    [Fact]
    public void New_BadOptions_NamesEachProblem()
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.Vision.Overlay(new OverlayOptions
        {
            ImageColumn = "", MaskColumn = "", OutputColumn = " ", Opacity = double.NaN, OutlineWidth = 33, ColorsIgnored = true, Legend = (OverlayLegend)9,
        }));
        foreach (var part in new[] { "ImageColumn must name", "must be two columns", "OutputColumn must name a column; it is ' '", "Opacity must be 0 to 1; it is NaN", "OutlineWidth must be 0 to 32 pixels; it is 33", "no colors were given", "PresentClasses" })
            Assert.Contains(part, error.Message);
    }

    private static (byte[] Pixels, int Width, int Height) Draw(IDataView view, OverlayOptions options)
    {
        var drawn = _ml.Vision.Overlay(options).Fit(view).Transform(view);
        using var cursor = drawn.GetRowCursor([drawn.Schema["Overlay"]]);
        var getter = cursor.GetGetter<MLImage>(drawn.Schema["Overlay"]);
        Assert.True(cursor.MoveNext());
        MLImage image = null!;
        getter(ref image);
        using (image)
            return (image.Pixels.ToArray(), image.Width, image.Height);
    }
}

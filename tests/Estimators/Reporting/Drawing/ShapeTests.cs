using System.Numerics;
using Fovea.Reporting;

namespace Fovea.Tests.Reporting;

public class ShapeTests
{
    [Fact]
    public void Fill_RectangleOnPartsOfPixels_CoversTheirShare()
    {
        var canvas = new Canvas(4, 3);
        var shape = new Shape();
        shape.AddRectangle(0.5f, 0.25f, 2.25f, 1.5f, Matrix3x2.Identity);
        shape.Fill(canvas, Color.Black);
        // From 0.5 to 2.75 across and 0.25 to 1.75 down: whole pixels times both shares.
        double[] across = [0.5, 1, 0.75, 0], down = [0.75, 0.75, 0];
        for (var y = 0; y < 3; y++)
            for (var x = 0; x < 4; x++)
                Assert.Equal(255 * (1 - across[x] * down[y]), canvas[x, y].R, 1.0); // rounded to a level
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Fill_Disk_HasItsArea(double opacity)
    {
        var canvas = new Canvas(60, 60);
        var shape = new Shape();
        shape.AddDisk(new(29.3f, 30.7f), 21.5f);
        shape.Fill(canvas, Color.Black, opacity);
        Assert.Equal(Math.PI * 21.5 * 21.5 * opacity, Ink(canvas), 0.005 * Math.PI * 21.5 * 21.5); // a polygon lacks a little of the disk
    }

    [Fact]
    public void Fill_TriangleCutOutOfASquare_LeavesTheRest()
    {
        var canvas = new Canvas(50, 50);
        var shape = new Shape();
        shape.Add([new(5, 5), new(45, 5), new(45, 45), new(5, 45)]);
        shape.Add([new(10, 10), new(10, 40), new(40, 40)]); // the other way round
        shape.Fill(canvas, Color.Black);
        Assert.Equal(40 * 40 - 30 * 30 / 2, Ink(canvas), 2.0); // eight heights a pixel along the slope
        Assert.Equal(Color.White, canvas[15, 35]);
        Assert.Equal(Color.Black, canvas[35, 15]);
    }

    [Fact]
    public void Fill_SquaresThatOverlap_AreNotCutOut()
    {
        var canvas = new Canvas(20, 10);
        var shape = new Shape();
        shape.AddRectangle(0, 0, 12, 10, Matrix3x2.Identity);
        shape.AddRectangle(8, 0, 12, 10, Matrix3x2.Identity);
        shape.Fill(canvas, Color.Black);
        Assert.Equal(200, Ink(canvas), 1e-9);
    }

    [Fact]
    public void Fill_OutsideTheCanvas_IsCutOff()
    {
        var canvas = new Canvas(10, 10);
        var shape = new Shape();
        shape.AddRectangle(-50, -50, 55, 200, Matrix3x2.Identity);
        shape.Fill(canvas, Color.Black);
        Assert.Equal(50, Ink(canvas), 1e-9);
    }

    [Fact]
    public void Stroke_Line_HasItsWidthAndDashes()
    {
        var canvas = new Canvas(40, 10);
        var shape = new Shape();
        Stroke.AddTo(shape, [new(2, 5), new(20, 5), new(38, 5)], width: 2, [], isRound: false);
        shape.Fill(canvas, Color.Black);
        Assert.Equal(36 * 2, Ink(canvas), 1e-3);
        var dashed = new Canvas(40, 10);
        var pieces = new Shape();
        // 5 on, 3 off over 36, across a corner of the line: five dashes, the last of 4.
        Stroke.AddTo(pieces, [new(2, 5), new(20, 5), new(38, 5)], width: 2, [5, 3], isRound: false);
        pieces.Fill(dashed, Color.Black);
        Assert.Equal((4 * 5 + 4) * 2, Ink(dashed), 1e-3);
        Assert.Equal([Color.Black, Color.White, Color.Black], [dashed[6, 5], dashed[8, 5], dashed[11, 5]]);
    }

    /// <summary>Black pixels, parts counted.</summary>
    private static double Ink(Canvas canvas) => canvas.Pixels.ToArray().Sum(b => 255 - b) / 255.0 / 3;
}

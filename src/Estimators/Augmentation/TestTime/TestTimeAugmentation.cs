using System.Text.Json.Serialization;
using Fovea.Data;

namespace Fovea;

/// <summary>
/// Several views of each image are predicted and combined: mirrored, shifted, cropped. Immutable. Each property that is set
/// multiplies the views, and with them the time that predicting takes; validation in training never uses them.
/// </summary>
/// <example><c>new TestTimeAugmentation { HorizontalFlip = true, Shift = 1 }</c> has 2 · 5 views.</example>
public sealed record TestTimeAugmentation
{
    /// <summary>The image as it is.</summary>
    public static TestTimeAugmentation None { get; } = new();

    /// <summary>The four corners and the center of an image enlarged by 256/224, and their mirror images (Krizhevsky et al., 2012, https://papers.nips.cc/paper/4824).</summary>
    public static TestTimeAugmentation TenCrop { get; } = new() { CropRatio = 256.0 / 224, HorizontalFlip = true };

    /// <summary>
    /// The eight ways that a square can be turned and mirrored, for images that have no up and no left, as those from a
    /// microscope. A network that wants one size must want a square.
    /// </summary>
    public static TestTimeAugmentation Square { get; } = new() { HorizontalFlip = true, VerticalFlip = true, Transpose = true };

    /// <summary>Each view, and that with rows and columns exchanged. Default false.</summary>
    public bool Transpose { get; init; }

    /// <summary>Each view and its mirror image, left to right. Default false.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>Each view and its mirror image, top to bottom. Default false.</summary>
    public bool VerticalFlip { get; init; }

    /// <summary>Each view, and that moved by so many pixels of the network's input to the left, right, top and bottom. 0, the default: none.</summary>
    public int Shift { get; init; }

    /// <summary>What fills the gap of a shift. Default <see cref="EdgeFill.Zero"/>.</summary>
    public EdgeFill ShiftFill { get; init; } = EdgeFill.Zero;

    /// <summary>
    /// In (1, 2]: images are decoded to sides so much longer than the network's input (rounded to pixels), and its four corners and
    /// its center are the views. 1, the default: no crops.
    /// </summary>
    public double CropRatio { get; init; } = 1;

    /// <summary>Default <see cref="ViewCombination.Mean"/>.</summary>
    public ViewCombination Combination { get; init; } = ViewCombination.Mean;

    /// <summary>Predictions an image costs.</summary>
    [JsonIgnore]
    public int Views => (Transpose ? 2 : 1) * (HorizontalFlip ? 2 : 1) * (VerticalFlip ? 2 : 1) * (Shift > 0 ? 5 : 1) * (CropRatio > 1 ? 5 : 1);

    /// <summary>What images are decoded to before the views are cut from them.</summary>
    internal ImageInput Enlarge(ImageInput input) => CropRatio > 1 ? input with { Height = Enlarge(input.Height), Width = Enlarge(input.Width) } : input;

    /// <summary>The views of images that <see cref="Enlarge(ImageInput)"/> gives, the plain one (of crops: the center's) among them.</summary>
    /// <param name="input">The network's.</param>
    internal IReadOnlyList<TestTimeView> ViewsOf(ImageInput input)
    {
        var frame = Enlarge(input);
        var plain = new TestTimeView(frame.Height, frame.Width, input.Height, input.Width);
        if (Views == 1)
            return [plain with { Fill = ShiftFill }];
        var transposed = new TestTimeView(frame.Width, frame.Height, input.Width, input.Height) { Transpose = true };
        (bool X, bool Y)[] flips = [.. from y in Both(VerticalFlip) from x in Both(HorizontalFlip) select (x, y)];
        (int Down, int Right)[] shifts = Shift > 0 ? [(0, 0), (0, -Shift), (0, Shift), (-Shift, 0), (Shift, 0)] : [(0, 0)];
        return [.. from view in Transpose ? [plain, transposed] : new[] { plain }
                   from flip in flips
                   from crop in CropRatio > 1 ? view.FiveCrops() : [view]
                   from shift in shifts
                   select crop with { FlipX = flip.X, FlipY = flip.Y, Down = shift.Down, Right = shift.Right, Fill = ShiftFill }];

        static bool[] Both(bool flip) => flip ? [false, true] : [false];
    }

    /// <summary>Every violated bound for a network's input, with the value wanted and the value got.</summary>
    internal IEnumerable<string> Problems(int height, int width)
    {
        const string name = nameof(CnnOptions.TestTime);
        if (Shift < 0 || (Shift > 0 && Shift >= Math.Min(height, width)))
            yield return $"{name}.{nameof(Shift)} must be 0 to {Math.Min(height, width) - 1} pixels, less than the image; it is {Shift}";
        if (Transpose && height != width)
            yield return $"{name}.{nameof(Transpose)} needs a square input; it is {height} x {width}";
        if (!Enum.IsDefined(Combination))
            yield return $"{name}.{nameof(Combination)} must be one of {string.Join(", ", Enum.GetNames<ViewCombination>())}; it is {Combination}";
        // Beyond 2 the crops would leave pixels out that no view shows.
        if (!(CropRatio is >= 1 and <= 2))
            yield return $"{name}.{nameof(CropRatio)} must be 1 to 2; it is {CropRatio}";
        else if (CropRatio > 1 && (Enlarge(height) == height || Enlarge(width) == width || Enlarge(Math.Max(height, width)) > ImageInput.LargestSide))
            yield return $"{name}.{nameof(CropRatio)} must make {height} x {width} larger by a pixel at least, and no side longer than {ImageInput.LargestSide}; {CropRatio} makes it {Enlarge(height)} x {Enlarge(width)}";
    }

    private int Enlarge(int side) => (int)Math.Round(side * CropRatio, MidpointRounding.AwayFromZero);
}

namespace Fovea;

public sealed partial class Augmentation
{
    /// <summary>Moves the image by a whole number of pixels in each direction, every shift equally likely.</summary>
    /// <param name="pixels">The largest shift, 0 to 1024 pixels of the network's input.</param>
    /// <param name="fill">What fills the gap.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pixels"/> or <paramref name="fill"/> is out of range.</exception>
    public Augmentation Shift(int pixels, EdgeFill fill = EdgeFill.Zero) => Then(new RandomShift(pixels, fill));

    /// <summary>Mirrors the image left to right.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is out of range.</exception>
    public Augmentation Flip(double probability = 0.5) => Then(new RandomHorizontalFlip(probability));

    /// <summary>
    /// Which boxes stay after a step: those of which at least a share of the area is still inside the image. Boxes that stay
    /// are cut at the image's edges. Holds for all steps, wherever it stands among them; the last one given counts.
    /// </summary>
    /// <param name="leastVisible">
    /// Share of a box's area, above 0 to 1; 0.25 without this method. Shares multiply over the steps: half of a box's half is
    /// a quarter.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="leastVisible"/> is out of range.</exception>
    public Augmentation KeepBoxes(double leastVisible) => new([new VisibleBoxes(leastVisible), .. Steps.Where(step => step is not VisibleBoxes)]);
}

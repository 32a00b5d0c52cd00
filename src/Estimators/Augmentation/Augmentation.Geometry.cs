namespace Fovea;

public sealed partial class Augmentation
{
    /// <summary>Moves the image by a whole number of pixels in each direction, every shift equally likely.</summary>
    /// <param name="pixels">The largest shift, 0 to 1024 pixels of the network's input.</param>
    /// <param name="fill">What fills the gap; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pixels"/> is out of range.</exception>
    public Augmentation Shift(int pixels, EdgeFill fill = default) => Then(new RandomShift(pixels, fill));

    /// <summary>Mirrors the image left to right.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is out of range.</exception>
    public Augmentation Flip(double probability = 0.5) => Then(new RandomHorizontalFlip(probability));

    /// <summary>Mirrors the image top to bottom.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is out of range.</exception>
    public Augmentation VerticalFlip(double probability = 0.5) => Then(new RandomVerticalFlip(probability));

    /// <summary>
    /// Turns the image by 0, 90, 180 or 270 degrees, all equally likely. The images of a batch have one size, so an image that is
    /// not square is turned by 0 or 180 degrees only.
    /// </summary>
    public Augmentation Rotate90() => Then(new RandomQuarterTurn());

    /// <summary>
    /// Rotates, scales, shears and moves the image about its middle, all at once: torchvision's <c>RandomAffine</c> with bilinear
    /// interpolation; masks take the nearest pixel. Each number is drawn evenly from its range. A box becomes the upright box
    /// around its four moved corners, so a large rotation makes it loose.
    /// </summary>
    /// <param name="rotate">The largest rotation to either side, 0 to 180 degrees.</param>
    /// <param name="scale">Least and most, 0.01 to 100; above 1 enlarges; (1, 1) if left out.</param>
    /// <param name="translate">The largest translation in each direction, 0 to 1, as a share of the image's width and height; rounded to whole pixels.</param>
    /// <param name="shear">The largest shear to either side, 0 to 80 degrees by which the columns lean.</param>
    /// <param name="fill">What fills the gaps; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Augmentation Affine(double rotate = 0, (double Least, double Most)? scale = null, double translate = 0, double shear = 0, EdgeFill fill = default)
    {
        var (least, most) = scale ?? (1, 1);
        return Then(new RandomAffine(rotate, least, most, translate, shear, fill));
    }

    /// <summary>
    /// Shows the image as if seen from aside: each corner moves inwards by up to half the image's side times
    /// <paramref name="distortion"/>, as torchvision's <c>RandomPerspective</c> does. A box becomes the upright box around its four
    /// moved corners.
    /// </summary>
    /// <param name="distortion">0 (none) to 0.65; above two thirds the corners could make a figure with a dent, which no perspective shows.</param>
    /// <param name="probability">0 to 1.</param>
    /// <param name="fill">What fills the gaps; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="distortion"/> or <paramref name="probability"/> is out of range.</exception>
    public Augmentation Perspective(double distortion = 0.5, double probability = 0.5, EdgeFill fill = default) => Then(new RandomPerspective(distortion, probability, fill));

    /// <summary>
    /// Bends the image: each pixel moves by noise smoothed with a Gaussian (Simard, Steinkraus, Platt, "Best practices for
    /// convolutional neural networks applied to visual document analysis", ICDAR 2003). The numbers mean what they mean in
    /// torchvision's <c>ElasticTransform</c> on square images. A box becomes the box around the pixels that show what was in it.
    /// </summary>
    /// <param name="alpha">Strength, 0 to 10000: the noise, in [-1, 1] before it is smoothed, is multiplied by half of it, in pixels.</param>
    /// <param name="sigma">Standard deviation of the Gaussian, 0 (noise as it is) to 32 pixels.</param>
    /// <param name="fill">What fills the gaps; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> or <paramref name="sigma"/> is out of range.</exception>
    public Augmentation Elastic(double alpha = 50, double sigma = 5, EdgeFill fill = default) => Then(new ElasticWarp(alpha, sigma, fill));

    /// <summary>
    /// Shows a part of the image, of random size, shape and place: torchvision's <c>RandomResizedCrop</c>, with Pillow's antialiased
    /// bilinear filter; masks take the nearest pixel.
    /// </summary>
    /// <param name="scale">Least and most share of the image's area, 0.0001 to 1; (0.08, 1) if left out.</param>
    /// <param name="ratio">Least and most width divided by height, 0.01 to 100; (3/4, 4/3) if left out.</param>
    /// <param name="height">Of the result, 1 to 16384 pixels; the image's if left out. The network's input is then of that size.</param>
    /// <param name="width">Of the result, 1 to 16384 pixels; the image's if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Augmentation RandomResizedCrop((double Least, double Most)? scale = null, (double Least, double Most)? ratio = null, int? height = null, int? width = null)
    {
        var (leastScale, mostScale) = scale ?? (0.08, 1);
        var (leastRatio, mostRatio) = ratio ?? (3.0 / 4, 4.0 / 3);
        return Then(new RandomResizedCrop(leastScale, mostScale, leastRatio, mostRatio, height, width));
    }

    /// <summary>Cuts out a part of a fixed size, every place equally likely. The network's input is then of that size.</summary>
    /// <param name="height">1 to 16384 pixels, at most the image's; an image that is smaller is an error when training begins.</param>
    /// <param name="width">1 to 16384 pixels, at most the image's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="height"/> or <paramref name="width"/> is out of range.</exception>
    public Augmentation Crop(int height, int width) => Then(new RandomCrop(height, width));

    /// <summary>Cuts out the middle. The network's input is then of that size.</summary>
    /// <param name="height">1 to 16384 pixels, at most the image's; an image that is smaller is an error when training begins.</param>
    /// <param name="width">1 to 16384 pixels, at most the image's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="height"/> or <paramref name="width"/> is out of range.</exception>
    public Augmentation CenterCrop(int height, int width) => Then(new MiddleCrop(height, width));

    /// <summary>Adds pixels on all four sides. The network's input grows by twice as many.</summary>
    /// <param name="pixels">0 to 1024 on each side.</param>
    /// <param name="fill">What they show; black by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pixels"/> is out of range.</exception>
    public Augmentation Pad(int pixels, EdgeFill fill = default) => Then(new EdgePadding(pixels, fill));

    /// <summary>
    /// For detection and segmentation: puts the image and three others of the training set around a random point, each scaled
    /// alike and cut at the frame (Bochkovskiy, Wang, Liao, "YOLOv4", 2020, https://arxiv.org/abs/2004.10934; the point and the
    /// scale are drawn as in YOLOv5). Masks and boxes come along; the rest is grey, in a mask without class. The others are taken
    /// as they are before the first step, so this is best the first itself.
    /// </summary>
    /// <param name="probability">0 to 1.</param>
    /// <param name="scale">Least and most, 0.1 to 4; (0.5, 1.5) if left out. At 1 the four fill the frame, below it grey is left.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> or <paramref name="scale"/> is out of range.</exception>
    public Augmentation Mosaic(double probability = 1, (double Least, double Most)? scale = null)
    {
        var (least, most) = scale ?? (0.5, 1.5);
        return Then(new Mosaic(probability, least, most));
    }

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

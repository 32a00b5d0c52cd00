namespace Fovea;

public sealed partial class Augmentation
{
    /// <summary>
    /// Changes brightness, contrast, saturation and hue by random amounts and in random order, as torchvision's ColorJitter does,
    /// with Pillow's numbers: factors of brightness, contrast and saturation are drawn from [max(0, 1 - amount), 1 + amount], the
    /// hue is turned by up to <paramref name="hue"/> of the circle either way. Grey images change in brightness and contrast
    /// only. Mask and boxes stay.
    /// </summary>
    /// <param name="brightness">0 (none) to 10.</param>
    /// <param name="contrast">0 (none) to 10; against the image's mean grey.</param>
    /// <param name="saturation">0 (none) to 10.</param>
    /// <param name="hue">0 (none) to 0.5 (any hue). A turn below 1/255 changes nothing.</param>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Augmentation ColorJitter(double brightness = 0, double contrast = 0, double saturation = 0, double hue = 0, double probability = 1) =>
        Then(new ColorJitter(brightness, contrast, saturation, hue, probability));

    /// <summary>Takes the colors out: 0.299 R + 0.587 G + 0.114 B in all three channels. Grey images, masks and boxes stay.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is out of range.</exception>
    public Augmentation Grayscale(double probability = 0.1) => Then(new RandomGrey(probability));

    /// <summary>
    /// Blurs by a Gaussian of random sigma, with torchvision's weights over ceil(3 sigma) pixels to each side. Beyond the edge the image is mirrored. Mask and boxes stay.
    /// </summary>
    /// <param name="sigma">Least and most, 0.1 to 25 pixels; (0.1, 2) if left out.</param>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Augmentation Blur((double Least, double Most)? sigma = null, double probability = 0.5)
    {
        var (least, most) = sigma ?? (0.1, 2);
        return Then(new GaussianBlur(least, most, probability));
    }

    /// <summary>
    /// Adds normally distributed noise of mean 0, its own to every channel of every pixel, rounded to whole levels and cut to
    /// [0, 255]. Mask and boxes stay.
    /// </summary>
    /// <param name="deviation">0 to 255 levels of 255.</param>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Augmentation GaussianNoise(double deviation = 5, double probability = 0.5) => Then(new GaussianNoise(deviation, probability));

    /// <summary>Makes pixels white or black, one as likely as the other, in all channels. Mask and boxes stay.</summary>
    /// <param name="share">How likely each pixel is changed, 0 to 1.</param>
    /// <param name="probability">How likely an image is changed at all, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public Augmentation SaltAndPepper(double share = 0.01, double probability = 0.5) => Then(new SaltAndPepper(share, probability));

    /// <summary>
    /// Erases a rectangle of random size, shape and place (Zhong et al.: Random Erasing Data Augmentation, 2017,
    /// https://arxiv.org/abs/1708.04896), drawn as torchvision's RandomErasing: a rectangle as high or wide as the image is drawn again,
    /// and after ten of them the image stays as it is. Boxes stay: an object half hidden is still an object.
    /// </summary>
    /// <param name="probability">0 to 1.</param>
    /// <param name="scale">Least and most share of the image's area, 0 to 1; (0.02, 0.33) if left out.</param>
    /// <param name="ratio">Least and most height over width, 0.01 to 100, drawn by their logarithm; (0.3, 3.3) if left out.</param>
    /// <param name="fill">What stands there. <see cref="EraseFill.Noise"/> is what the authors found best.</param>
    /// <param name="ignoreInMask">
    /// Whether the erased pixels of a mask count nowhere. By default the mask stays, and the network is taught to infer from the
    /// surroundings what it cannot see; where classes cannot be inferred (small objects that an erasing may hide whole), leave
    /// those pixels out.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number or <paramref name="fill"/> is out of range.</exception>
    public Augmentation Erase(double probability = 0.5, (double Least, double Most)? scale = null, (double Least, double Most)? ratio = null, EraseFill fill = EraseFill.Mean, bool ignoreInMask = false)
    {
        var (leastScale, mostScale) = scale ?? (0.02, 0.33);
        var (leastRatio, mostRatio) = ratio ?? (0.3, 3.3);
        return Then(new RandomErasing(probability, leastScale, mostScale, leastRatio, mostRatio, fill, ignoreInMask));
    }

    /// <summary>
    /// Erases a square around a random pixel, cut at the edge (DeVries, Taylor: Improved Regularization of Convolutional Neural
    /// Networks with Cutout, 2017, https://arxiv.org/abs/1708.04552). Boxes stay.
    /// </summary>
    /// <param name="side">The square's side as a share of the image's shorter side, 0 to 1. The authors take 0.5 for CIFAR-10, 0.25 for CIFAR-100.</param>
    /// <param name="probability">0 to 1.</param>
    /// <param name="fill">What stands there.</param>
    /// <param name="ignoreInMask">Whether the erased pixels of a mask count nowhere; see <see cref="Erase"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number or <paramref name="fill"/> is out of range.</exception>
    public Augmentation Cutout(double side = 0.25, double probability = 1, EraseFill fill = EraseFill.Mean, bool ignoreInMask = false) =>
        Then(new Cutout(side, probability, fill, ignoreInMask));
}

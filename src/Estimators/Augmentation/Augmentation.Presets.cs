namespace Fovea;

public sealed partial class Augmentation
{
    /// <summary>
    /// For telling classes of photographs apart. A part of the image, a third of its area at least: things are met at every size and place;
    /// torchvision's 0.08 suits ImageNet's million images, on fewer it too often cuts out nothing of the thing. Flip: a thing and its mirror
    /// image are of one class. Brightness, contrast and saturation by 0.3, hue by 0.02: light differs; colors often tell classes apart, so they turn little.
    /// Erasing in a quarter of the images: no single part may decide. Where letters or left and right decide, leave the flip out
    /// and begin with <see cref="ForDigits"/>. Many epochs on little data gain from a <see cref="MixUp"/> or
    /// <see cref="CutMix"/> behind it; a short training loses by it, which is why it is not in here.
    /// </summary>
    public static Augmentation ForClassification { get; } = new Augmentation()
        .RandomResizedCrop(scale: (0.35, 1))
        .Flip()
        .ColorJitter(brightness: 0.3, contrast: 0.3, saturation: 0.3, hue: 0.02)
        .Erase(0.25, scale: (0.02, 0.2));

    /// <summary>
    /// For segmentation of photographs. Flip; rotation up to 10 degrees, as cameras are held; 0.75 to 1.5 times the size, because the same thing
    /// is met at many distances and every pixel of it is asked for; a tenth to each side. The gaps are grey and count nowhere in the mask: a
    /// mirrored edge would teach shapes that do not exist. Light by 0.3, hue by 0.05: shape should decide before color.
    /// A slight blur in a fifth of the images, because sharpness is no class. Nothing is erased or mixed: every pixel of the mask should
    /// be visible. Images without an up and down (microscopes, satellites) want <see cref="VerticalFlip"/> and
    /// <see cref="Rotate90"/> too.
    /// </summary>
    public static Augmentation ForSegmentation { get; } = new Augmentation()
        .Flip()
        .Affine(rotate: 10, scale: (0.75, 1.5), translate: 0.1, fill: EdgeFill.Grey)
        .ColorJitter(brightness: 0.3, contrast: 0.3, saturation: 0.3, hue: 0.05)
        .Blur((0.1, 1.5), probability: 0.2);

    /// <summary>
    /// For detection in photographs. A mosaic of four images in half of them: small objects, and many of them, in new surroundings; in
    /// the other half objects keep their own, as in prediction. Flip, half to 1.5 times the size and a tenth to each side: objects are met at every size and place.
    /// No rotation and no shear: the upright box around a turned box is larger than its object, and the network would learn loose boxes. The gaps have the grey of
    /// letterboxed images. Boxes of which less than a quarter is left are not taught. Brightness and contrast by 0.4, saturation by 0.5, hue by
    /// 0.015, about what detectors of the YOLO family are trained with.
    /// </summary>
    public static Augmentation ForDetection { get; } = new Augmentation()
        .Mosaic(0.5)
        .Flip()
        .Affine(scale: (0.5, 1.5), translate: 0.1, fill: EdgeFill.Grey)
        .ColorJitter(brightness: 0.4, contrast: 0.4, saturation: 0.5, hue: 0.015);

    /// <summary>
    /// For autoencoders, which give back the very image that they are shown: what is done here is learned as belonging to the images. So only what makes
    /// images as they might have been taken: the mirror image, and a move by a twentieth with the image continued at its edge. No noise, no
    /// erasing, no colors: an autoencoder that finds faults must not learn them as normal.
    /// </summary>
    public static Augmentation ForAutoencoding { get; } = new Augmentation()
        .Flip()
        .Affine(translate: 0.05, fill: EdgeFill.Reflect);

    /// <summary>
    /// For generators, whose images look like those the discriminator was shown, with all that was done to them (Karras et al.: Training
    /// Generative Adversarial Networks with Limited Data, 2020, https://arxiv.org/abs/2006.06676, call it leaking). Only the flip: mirror images are as
    /// good as the others, and twice as many. Where they are not (letters, digits), give none.
    /// </summary>
    public static Augmentation ForGeneration { get; } = new Augmentation().Flip();

    /// <summary>
    /// For small grey images of digits, letters and signs. No flip: a mirrored letter is another or none. Rotation and shear up to 10 degrees, 0.9 to
    /// 1.1 times the size, a twelfth to each side: hands and scanners differ by that much (2 pixels of 28); at more, 6 and 9 or 1 and 7 come near each other. A slight elastic
    /// warp for the stroke of the pen (Simard et al., 2003), some 0.8 pixels of 28 on average, half as strong as theirs, since
    /// it comes on top of the rest. Gaps are black, as around the digits of MNIST; images dark on white want the same steps with a white
    /// <see cref="EdgeFill.Color"/>.
    /// </summary>
    public static Augmentation ForDigits { get; } = new Augmentation()
        .Affine(rotate: 10, scale: (0.9, 1.1), translate: 1.0 / 12, shear: 10)
        .Elastic(alpha: 40, sigma: 4);
}

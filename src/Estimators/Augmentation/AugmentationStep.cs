using System.Text.Json.Serialization;

namespace Fovea;

/// <summary>One step of an <see cref="Augmentation"/>. Its public properties are what is stored in a model; a new step is a file of its own and a line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(RandomShift), "shift")]
[JsonDerivedType(typeof(RandomHorizontalFlip), "flip")]
[JsonDerivedType(typeof(ColorJitter), "colorJitter")]
[JsonDerivedType(typeof(RandomGrey), "grayscale")]
[JsonDerivedType(typeof(GaussianBlur), "blur")]
[JsonDerivedType(typeof(GaussianNoise), "gaussianNoise")]
[JsonDerivedType(typeof(SaltAndPepper), "saltAndPepper")]
[JsonDerivedType(typeof(RandomErasing), "erase")]
[JsonDerivedType(typeof(Cutout), "cutout")]
[JsonDerivedType(typeof(MixUp), "mixUp")]
[JsonDerivedType(typeof(CutMix), "cutMix")]
[JsonDerivedType(typeof(VisibleBoxes), "keepBoxes")]
[JsonDerivedType(typeof(RandomVerticalFlip), "verticalFlip")]
[JsonDerivedType(typeof(RandomQuarterTurn), "rotate90")]
[JsonDerivedType(typeof(RandomAffine), "affine")]
[JsonDerivedType(typeof(RandomPerspective), "perspective")]
[JsonDerivedType(typeof(ElasticWarp), "elastic")]
[JsonDerivedType(typeof(RandomCrop), "crop")]
[JsonDerivedType(typeof(MiddleCrop), "centerCrop")]
[JsonDerivedType(typeof(EdgePadding), "pad")]
[JsonDerivedType(typeof(RandomResizedCrop), "randomResizedCrop")]
[JsonDerivedType(typeof(Mosaic), "mosaic")]
internal abstract record AugmentationStep
{
    /// <summary>The size of a sample after the step.</summary>
    /// <exception cref="ArgumentException">The step cannot be done to samples of this size.</exception>
    public virtual (int Height, int Width) SizeAfter(int height, int width) => (height, width);
}

using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Adds random changes of the images to a data set, which training makes and nothing else.</summary>
[Cmdlet(VerbsCommon.Add, "ImageAugmentation")]
[OutputType(typeof(ImageDataset), typeof(ImageDatasetSplit))]
public sealed class AddImageAugmentationCommand : FoveaCommand
{
    /// <summary>The data set; of a split the part to learn from.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Train")]
    [ValidateNotNullOrEmpty]
    public ImageDataset Dataset { get; set; } = null!;

    /// <summary>The part held out; it is handed on as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public ImageDataset? Test { get; set; }

    /// <summary>Which part of a cross-validation it is; it is handed on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? Fold { get; set; }

    /// <summary>A set of changes made for a task, to which the others are added: Classification, Segmentation, Detection, Autoencoding, Generation or Digits.</summary>
    [Parameter(Position = 0)]
    public AugmentationPreset? Preset { get; set; }

    /// <summary>Cuts out a part of this share of the image, from, to, as 0.3, 1, and resizes it.</summary>
    [Parameter]
    public double[]? ResizedCrop { get; set; }

    /// <summary>Cuts out a part of this height and width in pixels.</summary>
    [Parameter]
    public int[]? Crop { get; set; }

    /// <summary>Pads each side by as many pixels.</summary>
    [Parameter]
    public int? Pad { get; set; }

    /// <summary>Mirrors left and right in every other image.</summary>
    [Parameter]
    public SwitchParameter Flip { get; set; }

    /// <summary>Mirrors top and bottom in every other image.</summary>
    [Parameter]
    public SwitchParameter VerticalFlip { get; set; }

    /// <summary>Turns by 0, 90, 180 or 270 degrees.</summary>
    [Parameter]
    public SwitchParameter Rotate90 { get; set; }

    /// <summary>Shifts by up to as many pixels to each side.</summary>
    [Parameter]
    public int? Shift { get; set; }

    /// <summary>Turns by up to as many degrees to each side.</summary>
    [Parameter]
    public double? Rotate { get; set; }

    /// <summary>Scales by a factor from, to, as 0.8, 1.2.</summary>
    [Parameter]
    public double[]? Scale { get; set; }

    /// <summary>Shifts by up to this share of the side.</summary>
    [Parameter]
    public double? Translate { get; set; }

    /// <summary>Shears by up to as many degrees to each side.</summary>
    [Parameter]
    public double? Shear { get; set; }

    /// <summary>Tilts in perspective by up to this share, 0 to 1.</summary>
    [Parameter]
    public double? Perspective { get; set; }

    /// <summary>Warps elastically by about as many pixels.</summary>
    [Parameter]
    public double? Elastic { get; set; }

    /// <summary>What fills the gaps that moving leaves: zero, grey, edge, reflect, or a color as #rrggbb.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EdgeFillCompleter))]
    public EdgeFill? Fill { get; set; }

    /// <summary>Changes the brightness by a factor of up to 1 plus or minus this.</summary>
    [Parameter]
    public double? Brightness { get; set; }

    /// <summary>Changes the contrast by a factor of up to 1 plus or minus this.</summary>
    [Parameter]
    public double? Contrast { get; set; }

    /// <summary>Changes the saturation by a factor of up to 1 plus or minus this.</summary>
    [Parameter]
    public double? Saturation { get; set; }

    /// <summary>Turns the hue by up to this share of the color circle, 0 to 0.5.</summary>
    [Parameter]
    public double? Hue { get; set; }

    /// <summary>Makes this share of the images grey.</summary>
    [Parameter]
    public double? Grayscale { get; set; }

    /// <summary>Blurs with a standard deviation in pixels from, to, as 0.1, 2.</summary>
    [Parameter]
    public double[]? Blur { get; set; }

    /// <summary>Adds Gaussian noise of this standard deviation in grey levels.</summary>
    [Parameter]
    public double? Noise { get; set; }

    /// <summary>Makes this share of the pixels black or white.</summary>
    [Parameter]
    public double? SaltAndPepper { get; set; }

    /// <summary>Erases a rectangle in this share of the images.</summary>
    [Parameter]
    public double? Erase { get; set; }

    /// <summary>Erases a square with a side of this share of the image.</summary>
    [Parameter]
    public double? Cutout { get; set; }

    /// <summary>Puts four images together in this share of the samples.</summary>
    [Parameter]
    public double? Mosaic { get; set; }

    /// <summary>Mixes two images and their labels; alpha of the beta distribution of the weights.</summary>
    [Parameter]
    public double? MixUp { get; set; }

    /// <summary>Pastes a part of another image and mixes the labels; alpha of the beta distribution of the share.</summary>
    [Parameter]
    public double? CutMix { get; set; }

    /// <summary>Boxes of which less than this share remains visible are dropped, 0 to 1.</summary>
    [Parameter]
    public double? KeepBoxes { get; set; }

    private protected override object? Target => Dataset;

    private protected override void Process()
    {
        var changed = Dataset.With(new AugmentationPlan(this).AddTo(Dataset.Augmentation));
        WriteObject(Test is null ? changed : new ImageDatasetSplit(changed, Test) { Fold = Fold });
    }
}

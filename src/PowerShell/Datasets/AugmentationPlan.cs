namespace Fovea.PowerShell;

/// <summary>
/// Adds the changes that a cmdlet was told to an augmentation, in one order: what cuts, then what moves, then what colors, then what hides, and at last what mixes
/// images. For another order the cmdlet is called several times.
/// </summary>
internal sealed class AugmentationPlan(AddImageAugmentationCommand told)
{
    private Augmentation _made = new();

    public Augmentation AddTo(Augmentation before)
    {
        _made = before;
        Preset();
        Cut();
        Move();
        Color();
        Hide();
        Mix();
        return _made;
    }

    private void Preset()
    {
        if (told.Preset is not { } preset)
            return;
        if (_made.ToString() != new Augmentation().ToString())
            throw new ArgumentException($"The data set has an augmentation already ({_made}); a preset must come first.");
        _made = (Augmentation)typeof(Augmentation).GetProperty($"For{preset}")!.GetValue(null)!;
    }

    private void Cut()
    {
        Add(told.ResizedCrop is not null, nameof(_made.RandomResizedCrop), ("scale", Range(told.ResizedCrop, nameof(told.ResizedCrop))));
        if (told.Crop is { } size)
            _made = size is [var height, var width] ? _made.Crop(height, width) : throw new ArgumentException($"-{nameof(told.Crop)} must be height, width; it is {string.Join(", ", size)}.");
        Add(told.Pad is not null, nameof(_made.Pad), ("pixels", told.Pad), ("fill", told.Fill));
        Add(told.Mosaic is not null, nameof(_made.Mosaic), ("probability", told.Mosaic));
    }

    private void Move()
    {
        Add(told.Flip, nameof(_made.Flip));
        Add(told.VerticalFlip, nameof(_made.VerticalFlip));
        Add(told.Rotate90, nameof(_made.Rotate90));
        Add(told.Shift is not null, nameof(_made.Shift), ("pixels", told.Shift), ("fill", told.Fill));
        Add(told.Rotate is not null || told.Scale is not null || told.Translate is not null || told.Shear is not null, nameof(_made.Affine),
            ("rotate", told.Rotate), ("scale", Range(told.Scale, nameof(told.Scale))), ("translate", told.Translate), ("shear", told.Shear), ("fill", told.Fill));
        Add(told.Perspective is not null, nameof(_made.Perspective), ("distortion", told.Perspective), ("fill", told.Fill));
        Add(told.Elastic is not null, nameof(_made.Elastic), ("alpha", told.Elastic), ("fill", told.Fill));
    }

    private void Color()
    {
        Add(told.Brightness is not null || told.Contrast is not null || told.Saturation is not null || told.Hue is not null, nameof(_made.ColorJitter),
            ("brightness", told.Brightness), ("contrast", told.Contrast), ("saturation", told.Saturation), ("hue", told.Hue));
        Add(told.Grayscale is not null, nameof(_made.Grayscale), ("probability", told.Grayscale));
        Add(told.Blur is not null, nameof(_made.Blur), ("sigma", Range(told.Blur, nameof(told.Blur))));
        Add(told.Noise is not null, nameof(_made.GaussianNoise), ("deviation", told.Noise));
        Add(told.SaltAndPepper is not null, nameof(_made.SaltAndPepper), ("share", told.SaltAndPepper));
    }

    private void Hide()
    {
        Add(told.Erase is not null, nameof(_made.Erase), ("probability", told.Erase));
        Add(told.Cutout is not null, nameof(_made.Cutout), ("side", told.Cutout));
        Add(told.KeepBoxes is not null, nameof(_made.KeepBoxes), ("leastVisible", told.KeepBoxes));
    }

    private void Mix()
    {
        Add(told.MixUp is not null, nameof(_made.MixUp), ("alpha", told.MixUp));
        Add(told.CutMix is not null, nameof(_made.CutMix), ("alpha", told.CutMix));
    }

    private void Add(bool isWanted, string step, params (string, object?)[] given)
    {
        if (isWanted)
            _made = LibraryCall.Invoke<Augmentation>(_made, step, given);
    }

    private static (double, double)? Range(double[]? numbers, string name) => numbers switch
    {
        null => null,
        [var least, var most] => (least, most),
        _ => throw new ArgumentException($"-{name} must be two numbers, from and to; it is {string.Join(", ", numbers)}."),
    };
}

using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Says which size the images of a field or property of type <see cref="MLImage"/> have.</summary>
public sealed class ImageTypeAttribute : DataViewTypeAttribute
{
    private readonly int _height;
    private readonly int _width;

    /// <summary>Without a size the attribute cannot be registered, as in the package.</summary>
    public ImageTypeAttribute() { }

    public ImageTypeAttribute(int height, int width)
    {
        Check.Param(width > 0, nameof(width), "Should be positive number");
        Check.Param(height > 0, nameof(height), "Should be positive number");
        _height = height;
        _width = width;
    }

    public override bool Equals(DataViewTypeAttribute other) => other is ImageTypeAttribute image && image._height == _height && image._width == _width;

    public override int GetHashCode() => HashCode.Combine(_height, _width);

    public override void Register() => DataViewTypeManager.Register(new ImageDataViewType(_height, _width), typeof(MLImage), this);
}

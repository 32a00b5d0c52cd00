namespace Fovea.Native;

/// <summary>What a <see cref="Value"/> holds; the numbers of <c>fovea_tag</c>.</summary>
public enum ValueTag
{
    /// <summary>Argument only: the default of the operator's schema.</summary>
    Default = 0,

    /// <summary>No value, where the schema's type is optional.</summary>
    None = 1,

    /// <summary>A tensor handle; as a result owned by the caller, 0 for an undefined tensor.</summary>
    Tensor = 2,

    /// <summary>A 64-bit integer; also a dtype, layout or memory format by LibTorch's number.</summary>
    Int = 3,

    /// <summary>A double.</summary>
    Double = 4,

    /// <summary>A truth value, 0 or 1.</summary>
    Bool = 5,

    /// <summary>UTF-8 bytes.</summary>
    String = 6,

    /// <summary>A device: type in the upper bits, index in the lowest 8 (255: the current one).</summary>
    Device = 7,

    /// <summary>A list of 64-bit integers.</summary>
    IntList = 8,

    /// <summary>A list of doubles.</summary>
    DoubleList = 9,

    /// <summary>A list of bytes, each 0 or 1.</summary>
    BoolList = 10,

    /// <summary>A list of tensor handles; 0 entries where the schema says <c>Tensor?[]</c>.</summary>
    TensorList = 11,

    /// <summary>A generator handle.</summary>
    Generator = 12,
}

using Fovea.Native;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number for an operator: an integer, a floating-point number or a truth value. Nothing native stands behind it.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly Value Value;

    private Scalar(Value value) => Value = value;

    public ScalarType Type => Value.Tag switch
    {
        ValueTag.Double => ScalarType.Float64,
        ValueTag.Bool => ScalarType.Bool,
        _ => ScalarType.Int64,
    };

    internal double Real => Value.Tag == ValueTag.Double ? Value.Real : Value.Integer;

    internal long Integer => Value.Tag == ValueTag.Double ? checked((long)Value.Real) : Value.Integer;

    public static implicit operator Scalar(byte value) => Of(value);

    public static implicit operator Scalar(sbyte value) => Of(value);

    public static implicit operator Scalar(short value) => Of(value);

    public static implicit operator Scalar(int value) => Of(value);

    public static implicit operator Scalar(long value) => Of(value);

    public static implicit operator Scalar(Half value) => Of((double)value);

    public static implicit operator Scalar(float value) => Of((double)value);

    public static implicit operator Scalar(double value) => Of(value);

    public static implicit operator Scalar(bool value) => new(Value.Bool(value));

    public void Dispose()
    {
    }

    /// <summary>A number that an operator gave back.</summary>
    internal static Scalar Of(Value value) => new(value);

    internal static Scalar Of(long value) => new(Value.Int(value));

    internal static Scalar Of(double value) => new(Value.Double(value));
}

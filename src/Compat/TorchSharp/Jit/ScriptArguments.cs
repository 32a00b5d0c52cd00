using System.Runtime.InteropServices;
using System.Text;
using Fovea.Native;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Arguments of a call of a TorchScript method; what they point to stays pinned until this is disposed.</summary>
internal sealed unsafe class ScriptArguments : IDisposable
{
    private readonly List<GCHandle> pins = [];

    public Value Convert(object? argument) => argument switch
    {
        null => Value.None,
        Tensor tensor => Value.Tensor(tensor.Handle),
        Tensor[] tensors => Value.TensorList((nint*)Pin(Handles(tensors)), tensors.Length),
        Scalar scalar => scalar.Value,
        bool truth => Value.Bool(truth),
        int or long or short or byte or sbyte => Value.Int(System.Convert.ToInt64(argument)),
        float or double => Value.Double(System.Convert.ToDouble(argument)),
        string text when Encoding.UTF8.GetBytes(text) is var utf8 => Value.String((byte*)Pin(utf8), utf8.Length),
        long[] integers => Value.IntList((long*)Pin(integers), integers.Length),
        double[] doubles => Value.DoubleList((double*)Pin(doubles), doubles.Length),
        _ => throw new NotSupportedException($"An argument of type {argument.GetType().Name} cannot be handed to TorchScript; it can be a tensor, an array of tensors, a number, a truth value, text or null."),
    };

    public void Dispose()
    {
        foreach (var pin in pins)
            pin.Free();
        pins.Clear();
    }

    private void* Pin(Array array)
    {
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        pins.Add(pin);
        return (void*)pin.AddrOfPinnedObject();
    }
}

namespace TorchSharp;

public static partial class torch
{
    // The functions of Tensor/Activation.cs with the tensor as first argument.

    public static Tensor sigmoid(Tensor input) => input.sigmoid();
    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();
}

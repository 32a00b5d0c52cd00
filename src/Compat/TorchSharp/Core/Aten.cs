namespace TorchSharp;

/// <summary>The operators that are called, by their names in LibTorch's dispatcher; <c>add_Tensor</c> is aten::add.Tensor, <c>add__Tensor</c> changes its first argument.</summary>
internal static partial class Aten
{
    public static readonly Op add_Tensor = new("add", "Tensor");
}

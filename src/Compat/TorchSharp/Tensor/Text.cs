using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    // Text.
    public partial class Tensor
    {
        /// <summary>Shape, type and device: "[2x3], type = Float32, device = cpu".</summary>
        public override string ToString() => $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        public string ToString(
            bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            disamb ? ToString(TensorStringStyle.Default, fltFormat, width, cultureInfo, newLine) : ToString();

        /// <param name="style">The style; Default: <see cref="torch.TensorStringStyle"/>.</param>
        /// <param name="fltFormat">.NET format of floating-point numbers.</param>
        /// <param name="width">Characters a line, where the style keeps to them.</param>
        /// <param name="cultureInfo">How numbers are written; the current culture.</param>
        /// <param name="newLine">Ends a line.</param>
        public string ToString(
            TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            style = is_meta ? TensorStringStyle.Metadata : style == TensorStringStyle.Default ? torch.TensorStringStyle : style;
            if (style == TensorStringStyle.Metadata)
                return ToString();
            using var scope = NewDisposeScope();
            using var text = new TensorText(this, fltFormat ?? floatFormat, width ?? lineWidth, cultureInfo, newLine ?? torch.newLine);
            return style switch
            {
                TensorStringStyle.Julia => text.Julia(ToString()),
                TensorStringStyle.Numpy => text.Numpy(),
                TensorStringStyle.CSharp => text.CSharp(ToString()),
                _ => throw new ArgumentOutOfRangeException(nameof(style), style, "There is no such style."),
            };
        }
    }
}

using System.Runtime.InteropServices;

namespace Fovea;

/// <summary>Three bytes that move together.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct RgbPixel(byte Red, byte Green, byte Blue);

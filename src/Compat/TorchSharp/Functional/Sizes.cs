namespace TorchSharp;

/// <summary>Kernel sizes, strides and the like come as a number, a tuple or an array; operators want arrays.</summary>
internal static class Sizes
{
    public static long[] Of((long, long) size) => [size.Item1, size.Item2];
    public static long[]? Of((long, long)? size) => size is { } s ? Of(s) : null;
    public static long[] Of((long, long, long) size) => [size.Item1, size.Item2, size.Item3];
    public static long[]? Of((long, long, long)? size) => size is { } s ? Of(s) : null;
    public static long[]? Of(long? size, int dimensions) => size is { } s ? Repeat(s, dimensions) : null;

    public static long[] Repeat(long size, int dimensions)
    {
        var sizes = new long[dimensions];
        Array.Fill(sizes, size);
        return sizes;
    }

    /// <summary>An array of one element stands for every dimension.</summary>
    public static long At(long[] sizes, int dimension) => sizes.Length == 1 ? sizes[0] : sizes[dimension];
}

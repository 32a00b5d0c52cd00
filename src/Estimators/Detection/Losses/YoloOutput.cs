using static TorchSharp.torch;

namespace Fovea.Detection.Losses;

/// <summary>What a YOLO says of its A cells; float32, on one device.</summary>
/// <param name="Boxes">(N, A, 4): x0 y0 x1 y1, pixels.</param>
/// <param name="Classes">(N, A, K), logits.</param>
/// <param name="Objects">(N, A): how sure it is of an object, about 0 to 1 and not bounded; null where the classes say that too.</param>
/// <param name="Cells">The cells.</param>
internal sealed record YoloOutput(Tensor Boxes, Tensor Classes, Tensor? Objects, YoloCells Cells)
{
    /// <summary>Sides are within e^±6 strides: beyond, an outlier in the first steps would overflow, or vanish.</summary>
    private const double LargestLogSide = 6;

    /// <summary>Decodes boxes: the center is the cell's plus an offset in cells, the sides are powers of e times the cell's.</summary>
    /// <param name="raw">(N, A, 4 or 5): offset x, y, logarithms of width and height, in cells; then objectness, where there is one.</param>
    /// <param name="classes">(N, A, K), logits.</param>
    /// <param name="cells">The cells.</param>
    public static YoloOutput Of(Tensor raw, Tensor classes, YoloCells cells) => new(Decode(raw, cells.Centers, cells.Strides), classes, ObjectsOf(raw), cells);

    /// <summary>The boxes of some cells.</summary>
    /// <param name="raw">(N, M, 4 or 5), of these cells.</param>
    /// <param name="centers">(N, M, 2) or (M, 2): the cells' centers, pixels.</param>
    /// <param name="strides">(N, M, 1) or (M, 1): their sides, pixels.</param>
    /// <returns>(N, M, 4).</returns>
    public static Tensor Decode(Tensor raw, Tensor centers, Tensor strides)
    {
        var middles = raw.narrow(2, 0, 2) * strides + centers;                                          // (N, M, 2)
        var halves = raw.narrow(2, 2, 2).clamp(-LargestLogSide, LargestLogSide).exp() * (strides / 2);  // (N, M, 2)
        return cat([middles - halves, middles + halves], 2);
    }

    /// <returns>(N, A); null where there is no objectness.</returns>
    public static Tensor? ObjectsOf(Tensor raw) => raw.size(2) > 4 ? raw.select(2, 4) : null;

    /// <returns>(N, A, K), in [0, 1]: how sure it is of an object of the class. With objectness, cut to [0, 1], it is its product with the class's probability, as in the 2016 paper.</returns>
    public Tensor Scores() => Scores(Classes, Objects);

    /// <inheritdoc cref="Scores()"/>
    public static Tensor Scores(Tensor classes, Tensor? objects) => objects is null ? classes.sigmoid() : objects.clamp(0, 1).unsqueeze(2) * classes.softmax(2);

    /// <summary>Hands its tensors to the scope around the current one.</summary>
    public YoloOutput MoveToOuterScope()
    {
        foreach (var tensor in new[] { Boxes, Classes, Objects, Cells.Centers, Cells.Strides })
            tensor?.MoveToOuterDisposeScope();
        return this;
    }
}

using static TorchSharp.torch;

namespace Fovea.Detection.Losses;

/// <summary>
/// The loss of the first YOLO (Redmon et al., 2016, https://arxiv.org/abs/1506.02640, equation 3), a sum over objects and cells, mean of the images:
/// 5 · [(x − x̂)² + (y − ŷ)² + (√w − √ŵ)² + (√h − √ĥ)²] + (C − IoU)² of the responsible cell, 0.5 · C² of all others, and the classes. x and y are
/// in cells, w and h in shares of the image; C is the objectness as the last layer gives it, without a sigmoid, as in the paper.
/// </summary>
/// <remarks>
/// As in the paper, of the boxes predicted where an object's center lies, the one that meets it most is responsible; there they are two of
/// one cell, here one each of three grids. Different: classes have a softmax and cross-entropy, not squared errors; where two objects
/// share a responsible cell, both count.
/// </remarks>
internal static class SquaredLoss
{
    private const double CoordinateWeight = 5;
    private const double NoObjectWeight = 0.5;

    /// <returns>(3,): box, object, class.</returns>
    public static Tensor Compute(YoloOutput output, DetectionTargets targets)
    {
        var cells = output.Cells;
        var (images, count) = (output.Boxes.size(0), output.Boxes.size(1));
        var exist = targets.Exist.to(ScalarType.Float32);                                               // (N, G)
        var responsible = Responsible(output, targets);                                                 // (N, G)
        var row = responsible.unsqueeze(2);                                                             // (N, G, 1)
        var boxes = output.Boxes.gather(1, row.expand(-1, -1, 4));                                      // (N, G, 4)
        var side = cells.Strides.select(1, 0).index_select(0, responsible.flatten()).view_as(responsible).unsqueeze(2);

        var (predicted, truth) = (Boxes.ToCenter(boxes), Boxes.ToCenter(targets.Boxes));
        var offsets = ((predicted.narrow(2, 0, 2) - truth.narrow(2, 0, 2)) / side).square().sum(2);     // (N, G)
        var image = tensor([cells.Width, (float)cells.Height], device: boxes.device);
        var shapes = ((predicted.narrow(2, 2, 2) / image).sqrt() - (truth.narrow(2, 2, 2) / image).sqrt()).square().sum(2);
        var coordinates = ((offsets + shapes) * exist).sum() * CoordinateWeight;

        var confidence = output.Objects!;                                                               // (N, A)
        var overlap = Boxes.Iou(boxes.detach(), targets.Boxes);                                         // (N, G)
        var objects = ((confidence.gather(1, responsible) - overlap).square() * exist).sum();
        // Cells that fill up point to cell 0, which they must not make responsible.
        var isResponsible = zeros(images, count + 1, ScalarType.Bool, boxes.device)
            .scatter_(1, responsible.masked_fill(targets.Exist.logical_not(), count), targets.Exist).narrow(1, 0, count);
        var background = confidence.masked_fill(isResponsible, 0).square().sum() * NoObjectWeight;

        var logits = output.Classes.gather(1, row.expand(-1, -1, output.Classes.size(2)));              // (N, G, K)
        var classes = (nn.functional.cross_entropy(logits.flatten(0, 1), targets.Labels.flatten(), reduction: nn.Reduction.None) * exist.flatten()).sum();
        return stack([coordinates, objects + background, classes]) / images;
    }

    /// <returns>(N, G), int64, the cell in [0, A); any where there is no object.</returns>
    private static Tensor Responsible(YoloOutput output, DetectionTargets targets)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var center = Boxes.ToCenter(targets.Boxes);                                                     // (N, G, 4)
        var (first, around) = (0L, new List<Tensor>());
        foreach (var (rows, columns, stride) in output.Cells.Grids)
        {
            var column = (center.select(2, 0) / stride).to(ScalarType.Int64).clamp(0, columns - 1);
            var row = (center.select(2, 1) / stride).to(ScalarType.Int64).clamp(0, rows - 1);
            around.Add(row * columns + column + first);                                                 // (N, G)
            first += rows * columns;
        }
        var candidates = stack(around, 2);                                                              // (N, G, L)
        var boxes = output.Boxes.gather(1, candidates.flatten(1).unsqueeze(2).expand(-1, -1, 4))
            .view(candidates.size(0), candidates.size(1), candidates.size(2), 4);                       // (N, G, L, 4)
        var best = Boxes.Iou(boxes, targets.Boxes.unsqueeze(2)).argmax(2, keepdim: true);               // (N, G, 1)
        return candidates.gather(2, best).squeeze(2).MoveToOuterDisposeScope();
    }
}

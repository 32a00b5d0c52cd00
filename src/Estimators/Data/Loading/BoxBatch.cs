using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Data;

/// <summary>The objects and proposals of a batch, those of image 0 first. On the CPU; the loader's, as all of an <see cref="ImageBatch"/>.</summary>
internal sealed class BoxBatch : IDisposable
{
    /// <param name="boxes">Each with the place of its image in the batch, ascending.</param>
    public BoxBatch(IReadOnlyList<(SampleBox Box, int Image)> boxes)
    {
        var objects = boxes.Where(b => b.Box.Label != SampleBox.Proposal).ToList();
        var proposals = boxes.Where(b => b.Box.Label == SampleBox.Proposal).ToList();
        var count = objects.Count;
        var corners = new float[count * 4];
        var (labels, images, crowds) = (new long[count], new long[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            var (box, image) = objects[i];
            (corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]) = (box.X0, box.Y0, box.X1, box.Y1);
            (labels[i], images[i], crowds[i]) = (box.Label, image, box.IsCrowd);
        }
        Corners = tensor(corners, [count, 4]).DetachFromDisposeScope();                     // (M, 4)
        Labels = tensor(labels, [count]).DetachFromDisposeScope();                          // (M,)
        Images = tensor(images, [count]).DetachFromDisposeScope();                          // (M,)
        IsCrowd = tensor(crowds, [count]).DetachFromDisposeScope();                         // (M,)
        float[] proposed = [.. proposals.SelectMany(b => (float[])[b.Box.X0, b.Box.Y0, b.Box.X1, b.Box.Y1])];
        Proposals = tensor(proposed, [proposals.Count, 4]).DetachFromDisposeScope();        // (P, 4)
        ProposalImages = tensor([.. proposals.Select(b => (long)b.Image)], [proposals.Count]).DetachFromDisposeScope();    // (P,)
    }

    /// <summary>(M, 4), float32: x0, y0, x1, y1 in pixels of the batch's images, half-open, inside them and of some area.</summary>
    public torch.Tensor Corners { get; }

    /// <summary>(M,), int64, class index in [0, K).</summary>
    public torch.Tensor Labels { get; }

    /// <summary>(M,), int64, place in [0, N) of the object's image in the batch, ascending.</summary>
    public torch.Tensor Images { get; }

    /// <summary>(M,), bool: stands for many objects; neither trained on nor counted.</summary>
    public torch.Tensor IsCrowd { get; }

    /// <summary>(P, 4), float32: proposals as <see cref="Corners"/>; none where the set has none.</summary>
    public torch.Tensor Proposals { get; }

    /// <summary>(P,), int64, place of the proposal's image in the batch, ascending.</summary>
    public torch.Tensor ProposalImages { get; }

    public void Dispose()
    {
        Proposals.Dispose();
        ProposalImages.Dispose();
        Corners.Dispose();
        Labels.Dispose();
        Images.Dispose();
        IsCrowd.Dispose();
    }
}

using static TorchSharp.torch;

namespace Fovea.Detection.Proposals;

/// <summary>A random choice of boxes of each image to train on, with at most a given share of objects (Ren et al., 2015, section 3.1.3).</summary>
/// <param name="Objects">(S,), int64: places in the flattened (N, P) of boxes that belong to an object.</param>
/// <param name="Background">(B,), int64: places of boxes that belong to none; they fill each image up to the wanted number.</param>
internal sealed record BalancedSample(Tensor Objects, Tensor Background)
{
    /// <summary>(S + B,), int64: those of objects first.</summary>
    public Tensor All { get; } = cat([Objects, Background]);

    /// <param name="isObject">(N, P), bool.</param>
    /// <param name="isBackground">(N, P), bool; a box that is neither is not chosen.</param>
    /// <param name="perImage">Boxes of an image at most.</param>
    /// <param name="objectShare">Of these, at most so many belong to an object, 0 to 1.</param>
    public static BalancedSample Draw(Tensor isObject, Tensor isBackground, int perImage, double objectShare)
    {
        using var frozen = no_grad();
        var count = isObject.size(1);
        var objects = Chosen(isObject, (long)(perImage * objectShare), null);                   // (N, S')
        var taken = objects.ge(0).sum(1, keepdim: true);                                        // (N, 1)
        var background = Chosen(isBackground, perImage, perImage - taken);                      // (N, B')
        return new(Present(objects), Present(background));

        // Of each row's true places the highest random numbers; -1 where there are fewer.
        Tensor Chosen(Tensor among, long most, Tensor? quota)
        {
            most = Math.Min(most, count);
            var (lots, places) = rand(among.shape, device: among.device).masked_fill_(among.logical_not(), -1).topk((int)most, 1);
            var missing = lots.lt(0);
            if (quota is not null)
                missing = missing.logical_or(arange(most, device: among.device).unsqueeze(0).ge(quota));
            var flat = places + arange(among.size(0), device: among.device).unsqueeze(1) * count;
            return flat.masked_fill_(missing, -1);
        }

        static Tensor Present(Tensor places) => places.masked_select(places.ge(0));
    }
}

using Fovea.Generation.Networks;

namespace Fovea;

/// <summary>The pairs of generator and discriminator there are. A new one is a file each in <c>Networks/</c> and a line here.</summary>
public enum GanArchitecture
{
    /// <summary>
    /// Transposed and strided 4x4 convolutions (Radford, Metz and Chintala, 2016, https://arxiv.org/abs/1511.06434), for images up to
    /// 64 x 64: inside they are 32 x 32 or 64 x 64 pixels, what is smaller is padded with black and cut back.
    /// </summary>
    [GanNetwork<DcganGenerator, DcganDiscriminator>(SmallestSide = 16, LargestSide = 64)]
    Dcgan,

    /// <summary>Fully connected layers, as in the first GANs (Goodfellow et al., 2014, https://arxiv.org/abs/1406.2661), for images up to 64 x 64.</summary>
    [GanNetwork<DenseGenerator, DenseDiscriminator>(SmallestSide = 1, LargestSide = 64)]
    Dense,
}

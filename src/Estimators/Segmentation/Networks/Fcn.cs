namespace Fovea.Segmentation.Networks;

/// <summary>
/// Fully convolutional network (Long, Shelhamer and Darrell, 2014, https://arxiv.org/abs/1411.4038) as torchvision's
/// <c>fcn_resnet50</c> and <c>fcn_resnet101</c>, with their keys: a dilated ResNet instead of a VGG, one interpolation by 8 instead of
/// trained steps with joined finer maps. torchvision has none on ResNet-18 and 34, whose blocks it does not dilate;
/// <see cref="Backbones.ResNet.Encoder"/> says how they are here.
/// </summary>
internal sealed class Fcn : DilatedNetwork, ISegmentationNetwork<Fcn>
{
    private Fcn(SegmentationNetworkInput input)
        : base(nameof(Fcn), input, channels => FcnHead.Create(channels, input.Classes))
    {
        RegisterComponents();
    }

    public static Fcn Create(SegmentationNetworkInput input) => new(input);

    protected override int LastLayer => 4;
}

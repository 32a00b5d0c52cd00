using Fovea.Backbones;
using Fovea.Classification.Networks;

namespace Fovea;

/// <summary>The classification networks there are. A new one is a file in <c>Networks/</c> and a line here.</summary>
public enum CnnArchitecture
{
    /// <summary>One linear layer: multinomial logistic regression on the pixels.</summary>
    [Network<Perceptron>(DefaultSize = 28)]
    Perceptron,

    /// <summary>Two hidden layers of 512 and 256 units.</summary>
    [Network<Mlp>(DefaultSize = 28)]
    Mlp,

    /// <summary>Seven layers for single characters of 32x32 pixels.</summary>
    [Network<Letters>(DefaultSize = 32, MinimumSize = 32)]
    Letters,

    /// <summary>LeNet-5 with ReLU and max pooling.</summary>
    [Network<LeNet>(DefaultSize = 32, MinimumSize = 16)]
    LeNet,

    /// <summary>Three 5x5 convolutions and two fully connected layers.</summary>
    [Network<Cifar>(DefaultSize = 32, MinimumSize = 8)]
    Cifar,

    /// <summary>18 layers, 11.7 M parameters at 1,000 classes.</summary>
    [ResNet(18)]
    ResNet18,

    /// <summary>34 layers, 21.8 M parameters at 1,000 classes.</summary>
    [ResNet(34)]
    ResNet34,

    /// <summary>50 layers, 25.6 M parameters at 1,000 classes.</summary>
    [ResNet(50)]
    ResNet50,

    /// <summary>101 layers, 44.5 M parameters at 1,000 classes.</summary>
    [ResNet(101)]
    ResNet101,

    /// <summary>152 layers, 60.2 M parameters at 1,000 classes.</summary>
    [ResNet(152)]
    ResNet152,
}

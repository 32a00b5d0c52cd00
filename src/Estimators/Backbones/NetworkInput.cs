namespace Fovea;

/// <summary>What a network is built for.</summary>
/// <param name="Channels">C of its input (N, C, H, W): 1 grey, 3 RGB.</param>
/// <param name="Height">H, pixels.</param>
/// <param name="Width">W, pixels.</param>
/// <param name="Classes">K of its output (N, K).</param>
/// <param name="Dropout">Probability in [0, 1) of dropping an activation before a fully connected layer, where the network has such a place.</param>
public readonly record struct NetworkInput(int Channels, int Height, int Width, int Classes, double Dropout);

namespace Fovea;

/// <summary>An object in a sample: its box in pixels, half-open, and its class.</summary>
/// <param name="X0">Left.</param>
/// <param name="Y0">Top.</param>
/// <param name="X1">Right, above <paramref name="X0"/>.</param>
/// <param name="Y1">Bottom, above <paramref name="Y0"/>.</param>
/// <param name="Label">Class index in [0, K); <see cref="Proposal"/> for what is no object but a place to look for one.</param>
/// <param name="IsCrowd">Stands for many objects; neither trained on nor counted.</param>
/// <param name="Visible">How much of the object is left after the steps so far, above 0 to 1.</param>
internal readonly record struct SampleBox(float X0, float Y0, float X1, float Y1, int Label, bool IsCrowd = false, float Visible = 1)
{
    /// <summary>The label of a proposal, which goes the way of the objects.</summary>
    public const int Proposal = -1;

    public float Width => X1 - X0;

    public float Height => Y1 - Y0;

    public float Area => Width * Height;
}

namespace Fovea;

/// <summary>How a region of a map, of any size, becomes values of one size.</summary>
public enum RegionPooling
{
    /// <summary>RoIAlign: means of interpolated points (He et al., 2017, https://arxiv.org/abs/1703.06870).</summary>
    Align,

    /// <summary>RoI max pooling: maxima of whole positions (Girshick, 2015, https://arxiv.org/abs/1504.08083).</summary>
    Max,
}

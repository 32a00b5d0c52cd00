namespace Fovea;

/// <summary>How alike two boxes are; a loss is one minus it.</summary>
public enum BoxSimilarity
{
    /// <summary>IoU less the distance of the centers and the difference of the shapes (Zheng et al., 2020, https://arxiv.org/abs/1911.08287).</summary>
    CompleteIou,

    /// <summary>IoU less the share of the smallest box around both that neither covers (Rezatofighi et al., 2019, https://arxiv.org/abs/1902.09630).</summary>
    GeneralizedIou,
}

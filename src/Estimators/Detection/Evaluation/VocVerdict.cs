namespace Fovea.Detection.Evaluation;

/// <summary>What a prediction is by Pascal VOC's rule.</summary>
internal enum VocVerdict : byte
{
    Wrong,
    Right,
    Ignored,
}

using Microsoft.ML;

namespace Fovea;

/// <summary>The front door of Fovea: <c>ml.Vision</c>.</summary>
public static class VisionExtensions
{
    extension(MLContext ml)
    {
        /// <summary>Deep learning on images: loaders, trainers, model files.</summary>
        public VisionCatalog Vision => new(ml);
    }
}

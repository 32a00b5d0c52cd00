namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>Whether the variance is kept forward (inputs of a unit) or backward (its outputs).</summary>
            public enum FanInOut
            {
                FanIn,
                FanOut,
            }
        }
    }
}

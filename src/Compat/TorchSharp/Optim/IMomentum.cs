namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Whose momentum a schedule can change.</summary>
        public interface IMomentum
        {
            double Momentum { get; set; }
        }
    }
}

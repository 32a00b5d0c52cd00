namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Whose decays of the moments a schedule can change.</summary>
        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }
    }
}

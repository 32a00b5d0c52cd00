namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Whose learning rate a schedule can change.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }
            double InitialLearningRate { get; set; }
        }
    }
}

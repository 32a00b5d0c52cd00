namespace Fovea.Native;

public static unsafe partial class Door
{
    /// <summary>One step of stochastic gradient descent over all parameters: float32, dense, CPU, changed in place.</summary>
    /// <param name="options">As <c>torch.optim.SGD</c>.</param>
    /// <param name="parameters">Handles.</param>
    /// <param name="gradients">One a parameter; an entry 0 passes it over.</param>
    /// <param name="momentumBuffers">One a parameter; none where momentum is 0.</param>
    public static void SgdStep(in SgdStepOptions options, ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> gradients, ReadOnlySpan<nint> momentumBuffers = default)
    {
        SameLength(gradients, parameters.Length, nameof(gradients));
        SameLength(momentumBuffers, parameters.Length, nameof(momentumBuffers));
        var native = new NativeSgd
        {
            LearningRate = options.LearningRate,
            Momentum = options.Momentum,
            Dampening = options.Dampening,
            WeightDecay = options.WeightDecay,
            Nesterov = options.Nesterov ? 1 : 0,
            Maximize = options.Maximize ? 1 : 0,
            First = options.First ? 1 : 0,
        };
        fixed (nint* parameter = parameters)
        fixed (nint* gradient = gradients)
        fixed (nint* buffer = momentumBuffers)
        {
            Check(Exports.fovea_sgd_step(&native, parameters.Length, parameter, gradient, buffer));
        }
    }

    /// <summary>One step of Adam or AdamW over all parameters: float32, dense, CPU, changed in place.</summary>
    /// <param name="options">As <c>torch.optim.Adam</c>.</param>
    /// <param name="parameters">Handles.</param>
    /// <param name="gradients">One a parameter; an entry 0 passes it over.</param>
    /// <param name="averages">First moments, one a parameter.</param>
    /// <param name="squareAverages">Second moments, one a parameter.</param>
    /// <param name="maximumSquareAverages">Largest second moments so far, one a parameter; none without AMSGrad.</param>
    public static void AdamStep(in AdamStepOptions options, ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> gradients,
        ReadOnlySpan<nint> averages, ReadOnlySpan<nint> squareAverages, ReadOnlySpan<nint> maximumSquareAverages = default)
    {
        SameLength(gradients, parameters.Length, nameof(gradients));
        SameLength(averages, parameters.Length, nameof(averages));
        SameLength(squareAverages, parameters.Length, nameof(squareAverages));
        SameLength(maximumSquareAverages, parameters.Length, nameof(maximumSquareAverages));
        var native = new NativeAdam
        {
            LearningRate = options.LearningRate,
            Beta1 = options.Beta1,
            Beta2 = options.Beta2,
            Epsilon = options.Epsilon,
            WeightDecay = options.WeightDecay,
            Step = options.Step,
            Decoupled = options.Decoupled ? 1 : 0,
            Amsgrad = options.Amsgrad ? 1 : 0,
            Maximize = options.Maximize ? 1 : 0,
        };
        fixed (nint* parameter = parameters)
        fixed (nint* gradient = gradients)
        fixed (nint* average = averages)
        fixed (nint* squareAverage = squareAverages)
        fixed (nint* maximum = maximumSquareAverages)
        {
            Check(Exports.fovea_adam_step(&native, parameters.Length, parameter, gradient, average, squareAverage, maximum));
        }
    }
}

using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients of several tensors at once.</summary>
    public static partial class autograd
    {
        /// <summary>The gradients of the outputs with respect to the inputs; nothing is accumulated.</summary>
        /// <param name="outputs">Tensors to start from.</param>
        /// <param name="inputs">Tensors to differentiate by.</param>
        /// <param name="grad_outputs">One an output; none: 1 for an output of one element.</param>
        /// <param name="retain_graph">Keeps what a second pass would need.</param>
        /// <param name="create_graph">Makes the gradients differentiable.</param>
        /// <param name="allow_unused">An input that no output depends on gives an invalid tensor instead of an error.</param>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var results = Door.Grad(
                Handles([.. outputs]), Handles([.. grad_outputs ?? []]), Handles([.. inputs]), retain_graph || create_graph, create_graph, allow_unused);
            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(results, handle => new Tensor(handle)).ToList();
        }

        /// <summary>Adds the gradients to the leaves the tensors came from, or only to <paramref name="inputs"/>.</summary>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var retain = retain_graph ?? create_graph;
            if (inputs is { Count: > 0 })
            {
                Accumulate(inputs, grad(tensors, inputs, grad_tensors, retain, create_graph, allow_unused: true));
                return;
            }

            Door.Backward(Handles([.. tensors]), Handles([.. grad_tensors ?? []]), retain, create_graph);
            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
        }

        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        private static void Accumulate(IList<Tensor> inputs, IList<Tensor> gradients)
        {
            for (var n = 0; n < inputs.Count; n++)
            {
                using var gradient = gradients[n];
                if (gradient.IsInvalid)
                    continue;
                using var before = inputs[n].grad;
                using var sum = before is null ? null : before + gradient;
                inputs[n].grad = sum ?? gradient;
            }
        }
    }
}

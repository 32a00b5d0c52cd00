using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    // What autograd knows of a tensor.
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Info.RequiresGrad;
            set
            {
                Door.TensorSetRequiresGrad(Handle, value);
                GC.KeepAlive(this);
            }
        }

        /// <summary>The accumulated gradient: every read makes another owner of it.</summary>
        public Tensor? grad
        {
            get
            {
                var gradient = Door.TensorGetGrad(Handle);
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                Door.TensorSetGrad(Handle, value is null ? 0 : value.Handle);
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Aten.retain_grad.CallNothing(this);

        public Tensor detach() => Aten.detach.Call(this);

        public Tensor detach_() => Aten.detach_.InPlace(this);

        public void backward()
        {
            Door.Backward([Handle]);
            GC.KeepAlive(this);
        }

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}

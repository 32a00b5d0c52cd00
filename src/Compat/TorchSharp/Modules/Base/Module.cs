using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>The base of every layer, loss and network: a tree of named modules, parameters and buffers.</summary>
        public partial class Module : IDisposable
        {
            protected string? name;
            protected OrderedDict<string, Module> _internal_submodules = [];
            protected OrderedDict<string, Parameter> _internal_params = [];
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = [];

            private bool _training = true;
            private bool _registered;
            private bool _disposed;

            protected Module(string name)
            {
                this.name = name;
            }

            public virtual bool training => _training;

            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var child in children()) child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in children()) child.apply(fn);
                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null) continue;
                    if (set_to_none) parameter.grad = null;
                    else gradient.zero_();
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed) return;
                foreach (var (_, (buffer, _)) in _internal_buffers) Release(buffer);
                foreach (var (_, parameter) in _internal_params) Release(parameter);
                foreach (var child in children()) child.Dispose();
                _disposed = true;
            }

            private static void Release(Tensor tensor)
            {
                if (!tensor.IsInvalid) tensor.DetachFromDisposeScope().Dispose();
            }
        }
    }
}

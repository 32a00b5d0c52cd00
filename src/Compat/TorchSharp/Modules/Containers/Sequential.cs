using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A chain of layers: each gets the result of the one before it.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<(string Name, nn.IModule<Tensor, Tensor> Layer)> _layers = [];

        internal Sequential() : base(nameof(Sequential))
        {
        }

        protected Sequential(params nn.Module<Tensor, Tensor>[] modules) : this()
        {
            foreach (var module in modules) append(module);
        }

        protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : this()
        {
            foreach (var (name, module) in modules) append(name, module);
        }

        public int Count => _layers.Count;

        [IndexerName("SequentialItems")]
        public nn.IModule<Tensor, Tensor> this[int index] => _layers[index].Layer;

        [IndexerName("SequentialItems")]
        public Sequential this[(int? start, int? end) index] => Slice(index.start ?? 0, index.end ?? Count);

        [IndexerName("SequentialItems")]
        public Sequential this[Range index] => Slice(index.Start.GetOffset(Count), index.End.GetOffset(Count));

        public Sequential append(nn.IModule<Tensor, Tensor> module) => append($"{Count}", module);

        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            _layers.Add((name, module));
            return this;
        }

        /// <summary>Each intermediate result is disposed as soon as the next layer has used it.</summary>
        public override Tensor forward(Tensor tensor)
        {
            if (Count == 0) return tensor.alias();
            var current = tensor;
            foreach (var (_, layer) in _layers)
            {
                var next = layer.call(current);
                // A layer may hand back its own input; the caller's tensor is never ours to dispose.
                if (!ReferenceEquals(current, tensor) && !ReferenceEquals(current, next)) current.Dispose();
                current = next;
            }
            return current;
        }

        public override IEnumerable<(string name, nn.Module module)> named_children() =>
            _layers.Select(layer => (layer.Name, (nn.Module)layer.Layer));

        private Sequential Slice(int start, int end)
        {
            if (start < 0 || end > Count || start > Count || end < 0)
                throw new IndexOutOfRangeException($"The slice {start}..{end} is outside a Sequential of {Count} layers.");
            var slice = new Sequential();
            for (var i = start; i < end; i++) slice._layers.Add(_layers[i]);
            return slice;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential() => new();

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
                Sequential((IEnumerable<(string, Module<Tensor, Tensor>)>)modules);

            public static Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules) =>
                Sequential((IEnumerable<Tuple<string, Module<Tensor, Tensor>>>)modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
            {
                var sequence = new Sequential();
                foreach (var module in modules) sequence.append(module);
                return sequence;
            }

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules)
            {
                var sequence = new Sequential();
                foreach (var (name, module) in modules) sequence.append(name, module);
                return sequence;
            }

            public static Sequential Sequential(IEnumerable<Tuple<string, Module<Tensor, Tensor>>> modules) =>
                Sequential(modules.Select(module => (module.Item1, module.Item2)));
        }
    }
}

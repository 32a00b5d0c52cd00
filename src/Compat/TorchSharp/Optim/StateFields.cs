using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Something that is done to everything an optimizer remembers of a parameter, so that each kind lists it once.</summary>
internal abstract class StateFields
{
    public abstract StateFields With(ref long count);

    /// <param name="tensor">May be missing where <paramref name="optional"/>; the file format says then whether it is there.</param>
    public abstract StateFields With(ref Tensor? tensor, bool optional = false);

    public sealed class Writing(BinaryWriter writer) : StateFields
    {
        public override StateFields With(ref long count)
        {
            writer.Write(count);
            return this;
        }

        public override StateFields With(ref Tensor? tensor, bool optional)
        {
            if (optional) writer.Write(tensor is not null);
            tensor?.Save(writer);
            return this;
        }
    }

    public sealed class Reading(BinaryReader reader, Device device) : StateFields
    {
        public override StateFields With(ref long count)
        {
            count = reader.ReadInt64();
            return this;
        }

        public override StateFields With(ref Tensor? tensor, bool optional)
        {
            var there = !optional || reader.ReadBoolean();
            Replace(ref tensor, there ? TensorExtensionMethods.Load(reader) : null, device);
            return this;
        }
    }

    public sealed class Copying : StateFields
    {
        private readonly Queue<object?> _source;
        private readonly Device _device;

        public Copying(OptimizerState source, Device device)
        {
            var collecting = new Collecting();
            source.Visit(collecting);
            _source = collecting.Values;
            _device = device;
        }

        public override StateFields With(ref long count)
        {
            count = (long)_source.Dequeue()!;
            return this;
        }

        public override StateFields With(ref Tensor? tensor, bool optional)
        {
            Replace(ref tensor, ((Tensor?)_source.Dequeue())?.clone(), _device);
            return this;
        }
    }

    public sealed class Comparing : StateFields
    {
        private readonly Queue<object?> _other;

        public Comparing(OptimizerState other)
        {
            var collecting = new Collecting();
            other.Visit(collecting);
            _other = collecting.Values;
        }

        public bool Same { get; private set; } = true;

        public override StateFields With(ref long count)
        {
            Same &= count == (long)_other.Dequeue()!;
            return this;
        }

        public override StateFields With(ref Tensor? tensor, bool optional)
        {
            var other = (Tensor?)_other.Dequeue();
            Same &= tensor is null ? other is null : other is not null && tensor.allclose(other);
            return this;
        }
    }

    public sealed class Moving(Device device) : StateFields
    {
        public override StateFields With(ref long count) => this;

        public override StateFields With(ref Tensor? tensor, bool optional)
        {
            Replace(ref tensor, tensor?.clone(), device);
            return this;
        }
    }

    public sealed class Releasing : StateFields
    {
        public override StateFields With(ref long count) => this;

        public override StateFields With(ref Tensor? tensor, bool optional)
        {
            tensor?.Dispose();
            return this;
        }
    }

    private sealed class Collecting : StateFields
    {
        public Queue<object?> Values { get; } = [];

        public override StateFields With(ref long count)
        {
            Values.Enqueue(count);
            return this;
        }

        public override StateFields With(ref Tensor? tensor, bool optional)
        {
            Values.Enqueue(tensor);
            return this;
        }
    }

    // Takes over the value.
    private static void Replace(ref Tensor? tensor, Tensor? value, Device device)
    {
        tensor?.Dispose();
        tensor = value?.to(device, disposeAfter: true).DetachFromDisposeScope();
    }
}

namespace TorchSharp.Modules;

/// <summary>Something that is done to every option of an optimizer, so that each kind lists its options once.</summary>
internal abstract class OptionFields
{
    public abstract OptionFields With(ref double? option);
    public abstract OptionFields With(ref bool? option);

    public sealed class Writing(BinaryWriter writer) : OptionFields
    {
        public override OptionFields With(ref double? option)
        {
            writer.Write(option!.Value);
            return this;
        }

        public override OptionFields With(ref bool? option)
        {
            writer.Write(option!.Value);
            return this;
        }
    }

    public sealed class Reading(BinaryReader reader) : OptionFields
    {
        public override OptionFields With(ref double? option)
        {
            option = reader.ReadDouble();
            return this;
        }

        public override OptionFields With(ref bool? option)
        {
            option = reader.ReadBoolean();
            return this;
        }
    }

    public sealed class Copying : OptionFields
    {
        private readonly Queue<object?> _source;
        private readonly bool _onlyMissing;

        public Copying(OptimizerOptions source, bool onlyMissing)
        {
            var collecting = new Collecting();
            source.Visit(collecting);
            _source = collecting.Values;
            _onlyMissing = onlyMissing;
        }

        public override OptionFields With(ref double? option)
        {
            var value = (double?)_source.Dequeue();
            if (!_onlyMissing || option is null) option = value;
            return this;
        }

        public override OptionFields With(ref bool? option)
        {
            var value = (bool?)_source.Dequeue();
            if (!_onlyMissing || option is null) option = value;
            return this;
        }
    }

    private sealed class Collecting : OptionFields
    {
        public Queue<object?> Values { get; } = [];

        public override OptionFields With(ref double? option)
        {
            Values.Enqueue(option);
            return this;
        }

        public override OptionFields With(ref bool? option)
        {
            Values.Enqueue(option);
            return this;
        }
    }
}

using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Values of one type, numbered from 1.</summary>
internal abstract class Vocabulary(PrimitiveDataViewType type, int count)
{
    public PrimitiveDataViewType Type => type;

    public int Count => count;

    // There is no key of no values.
    public KeyDataViewType KeyType => new(typeof(uint), Math.Max(1, Count));

    /// <summary>A Func from a value to its number, 0 for a value that is not here.</summary>
    public abstract Delegate Number { get; }

    /// <summary>Adds the values as key values, as they are or as text. <paramref name="input"/> is the column numbered: of a key, its own key values are meant.</summary>
    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column input, bool asText);

    public abstract void Save(BinaryWriter writer);

    public static Vocabulary Load(BinaryReader reader)
    {
        var type = SchemaCodec.ReadType(reader);
        return GenericMethod.Call<Vocabulary>(typeof(Vocabulary), nameof(LoadTyped), type.RawType, type, reader);
    }

    /// <summary>NaN, an empty text, key 0.</summary>
    public static bool IsMissing<T>(PrimitiveDataViewType type, T value) => value switch
    {
        float number => float.IsNaN(number),
        double number => double.IsNaN(number),
        ReadOnlyMemory<char> text => text.IsEmpty,
        _ => type is KeyDataViewType && EqualityComparer<T>.Default.Equals(value, default),
    };

    public static IEqualityComparer<T> EqualityOf<T>() => TextOrder.Instance as IEqualityComparer<T> ?? EqualityComparer<T>.Default;

    public static IComparer<T> OrderOf<T>() => TextOrder.Instance as IComparer<T> ?? Comparer<T>.Default;

    private static Vocabulary<T> LoadTyped<T>(PrimitiveDataViewType type, BinaryReader reader) =>
        new(type, [.. ValueCodec.ReadVector<T>(reader).DenseValues()]);
}

/// <summary>A vocabulary of values held as <typeparamref name="T"/>.</summary>
internal sealed class Vocabulary<T> : Vocabulary
{
    private readonly T[] _values;
    private readonly Dictionary<T, uint> _numbers;

    public Vocabulary(PrimitiveDataViewType type, T[] values) : base(type, values.Length)
    {
        _values = values;
        _numbers = new(values.Length, EqualityOf<T>());
        for (int i = 0; i < values.Length; i++)
            _numbers.Add(values[i], (uint)i + 1);
    }

    public override Delegate Number => (T value) => _numbers.GetValueOrDefault(value);

    public override void AddKeyValues(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column input, bool asText)
    {
        if (Count == 0)
            return;
        if (Type is KeyDataViewType && input.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is VectorDataViewType keyValues)
            GenericMethod.Call<object>(typeof(Vocabulary<T>), nameof(AddOf), keyValues.ItemType.RawType, this, builder, input, keyValues.ItemType);
        else if (asText && Type is not TextDataViewType)
            builder.AddKeyValues(Count, TextDataViewType.Instance, Filled([.. _values.Select(value => TextOf(value).AsMemory())]));
        else
            builder.AddKeyValues(Count, Type, Filled(_values));
    }

    public override void Save(BinaryWriter writer)
    {
        SchemaCodec.WriteType(writer, Type);
        ValueCodec.WriteVector(writer, new VBuffer<T>(_values.Length, _values));
    }

    private static object AddOf<TValue>(Vocabulary<T> vocabulary, DataViewSchema.Annotations.Builder builder, DataViewSchema.Column input, PrimitiveDataViewType type)
    {
        builder.AddKeyValues(vocabulary.Count, type, (ref VBuffer<TValue> destination) =>
        {
            var values = default(VBuffer<TValue>);
            input.Annotations.GetValue(AnnotationKinds.KeyValues, ref values);
            var dense = values.DenseValues().ToArray();
            var editor = VBufferEditor.Create(ref destination, vocabulary.Count);
            for (int i = 0; i < editor.Values.Length; i++)
                editor.Values[i] = dense[(int)(Convert.ToUInt64(vocabulary._values[i]) - 1)];
            destination = editor.Commit();
        });
        return null;
    }

    private string TextOf(T value) => Type is KeyDataViewType ? (Convert.ToUInt64(value) - 1).ToString() : TextWriting.Stored(value);

    private static ValueGetter<VBuffer<TItem>> Filled<TItem>(TItem[] items) => (ref VBuffer<TItem> destination) =>
    {
        var editor = VBufferEditor.Create(ref destination, items.Length);
        items.CopyTo(editor.Values);
        destination = editor.Commit();
    };
}

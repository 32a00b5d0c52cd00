using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    public sealed partial class Annotations
    {
        /// <summary>Collects annotations, each a name, a type and a getter of that type.</summary>
        public sealed class Builder
        {
            private readonly DataViewSchema.Builder _columns = new();
            private readonly List<Delegate> _getters = [];

            public Builder() { }

            public void Add(Annotations annotations, Func<string, bool> selector)
            {
                if (annotations is null)
                    return;
                ArgumentNullException.ThrowIfNull(selector);
                foreach (var column in annotations.Schema)
                    if (selector(column.Name))
                    {
                        _columns.AddColumn(column.Name, column.Type, column.Annotations);
                        _getters.Add(annotations._getters[column.Index]);
                    }
            }

            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null)
            {
                CheckRawType(type, typeof(TValue));
                Add(name, type, (Delegate)getter, annotations);
            }

            public void Add(string name, DataViewType type, Delegate getter, Annotations annotations = null)
            {
                if (string.IsNullOrEmpty(name))
                    throw new ArgumentNullException(nameof(name));
                ArgumentNullException.ThrowIfNull(type);
                ArgumentNullException.ThrowIfNull(getter);
                var wanted = typeof(ValueGetter<>).MakeGenericType(type.RawType);
                if (!wanted.IsInstanceOfType(getter))
                    throw new ArgumentException($"{nameof(getter)} must be of type '{wanted}', but is '{getter.GetType()}'.", nameof(getter));
                _columns.AddColumn(name, type, annotations);
                _getters.Add(getter);
            }

            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations annotations = null)
            {
                CheckRawType(type, typeof(TValue));
                Add(name, type, (ValueGetter<TValue>)((ref TValue destination) => destination = value), annotations);
            }

            public Annotations ToAnnotations() => new(_columns.ToSchema(), [.. _getters]);

            private static void CheckRawType(DataViewType type, Type valueType)
            {
                ArgumentNullException.ThrowIfNull(type);
                if (type.RawType != valueType)
                    throw new ArgumentException($"{nameof(type)}.{nameof(type.RawType)} must be of type '{valueType}', but is '{type.RawType}'.", nameof(type));
            }
        }
    }
}

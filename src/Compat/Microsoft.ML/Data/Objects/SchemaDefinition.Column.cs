using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class SchemaDefinition
{
    /// <summary>The column that a member becomes.</summary>
    public sealed class Column
    {
        private readonly Dictionary<string, (DataViewType Type, Delegate Getter)> _annotations = [];

        internal Column(string memberName, DataViewType columnType, string columnName)
        {
            MemberName = memberName;
            ColumnType = columnType;
            ColumnName = columnName;
        }

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations
        {
            get
            {
                var builder = new DataViewSchema.Annotations.Builder();
                foreach (var (kind, annotation) in _annotations)
                    builder.Add(kind, annotation.Type, annotation.Getter);
                return builder.ToAnnotations();
            }
        }

        /// <summary>Adds an annotation; arrays and strings become the vectors and texts that columns hold.</summary>
        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            Check.Value(kind, nameof(kind));
            Check.Value(annotationType, nameof(annotationType));
            Check.That(!_annotations.ContainsKey(kind), "Column already contains an annotation of this kind.");
            var getter = ConstantGetter.Make(value);
            var rawType = getter.GetType().GetGenericArguments()[0];
            Check.That(rawType == annotationType.RawType, $"The annotation's value is held as {rawType}, but its type {annotationType} as {annotationType.RawType}.");
            _annotations[kind] = (annotationType, getter);
        }

        /// <summary>Takes over what another schema knows of its column.</summary>
        internal void Adopt(DataViewSchema.Annotations annotations)
        {
            foreach (var annotation in annotations.Schema)
                _annotations[annotation.Name] = (annotation.Type, ConstantGetter.OfAnnotation(annotations, annotation));
        }
    }
}

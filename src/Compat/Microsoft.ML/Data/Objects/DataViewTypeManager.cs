using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Which column type stands for a .NET type that has none of its own, perhaps told apart by an attribute.</summary>
public static class DataViewTypeManager
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<Registration, DataViewType> s_columnTypes = [];
    private static readonly Dictionary<DataViewType, Registration> s_registrations = [];

    [Obsolete("This API is deprecated, please use the new form of Register which takes in a single DataViewTypeAttribute instead.", false)]
    public static void Register(DataViewType dataViewType, Type type, IEnumerable<Attribute> typeAttributes)
    {
        var attributes = typeAttributes?.ToArray() ?? [];
        Check.Param(attributes.Length <= 1, nameof(type), $"Type {type} has too many attributes.");
        Check.Param(attributes.All(a => a is DataViewTypeAttribute), nameof(type), $"Type {type} has an attribute that is not of DataViewTypeAttribute.");
        Register(dataViewType, type, attributes.Cast<DataViewTypeAttribute>().SingleOrDefault());
    }

    public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute typeAttribute = null)
    {
        Check.Value(dataViewType, nameof(dataViewType));
        Check.Value(type, nameof(type));
        Check.Param(RawTypes.PrimitiveOrNull(type) is null && type != typeof(VBuffer<>) && type != typeof(Nullable<>), nameof(type),
            $"Type {type} has a column type of its own, so it cannot be registered.");
        var registration = new Registration(type, typeAttribute);
        lock (s_lock)
        {
            Check.Param(!s_columnTypes.TryGetValue(registration, out var columnType) || columnType.Equals(dataViewType), nameof(type),
                $"Repeated type register. The raw type {type} has been associated with {columnType} so it cannot be associated with {dataViewType}.");
            Check.Param(!s_registrations.TryGetValue(dataViewType, out var other) || other == registration, nameof(dataViewType),
                $"Repeated type register. The DataView type {dataViewType} has been associated with {other.Type} so it cannot be associated with {type}.");
            s_columnTypes[registration] = dataViewType;
            s_registrations[dataViewType] = registration;
        }
    }

    /// <summary>The column type registered for a .NET type and the attribute among <paramref name="attributes"/> that tells it apart; null if there is none.</summary>
    internal static DataViewType Find(Type type, IEnumerable<Attribute> attributes)
    {
        var distinguishing = attributes?.OfType<DataViewTypeAttribute>().ToArray() ?? [];
        Check.Param(distinguishing.Length <= 1, nameof(type), $"Type {type.Name} cannot be marked with multiple attributes derived from {nameof(DataViewTypeAttribute)}.");
        lock (s_lock)
            return s_columnTypes.GetValueOrDefault(new(type, distinguishing.SingleOrDefault()));
    }

    private readonly record struct Registration(Type Type, DataViewTypeAttribute Attribute);
}

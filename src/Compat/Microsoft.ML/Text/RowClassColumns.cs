using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The columns that a row class says it is read from.</summary>
internal static class RowClassColumns
{
    public static TextLoader.Column[] Of(Type rowClass)
    {
        var members = rowClass.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => ((MemberInfo)field, field.FieldType))
            .Concat(rowClass.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetGetMethod() is not null && property.GetIndexParameters().Length == 0)
                .Select(property => ((MemberInfo)property, property.PropertyType)))
            .ToArray();
        Check.Param(members.Length > 0, "TInput", "Should define at least one public, readable field or property in TInput.");
        return [.. members.Select(pair => Of(pair.Item1, pair.Item2))];
    }

    private static TextLoader.Column Of(MemberInfo member, Type type)
    {
        string kind = member is FieldInfo ? "Field" : "Property";
        var load = member.GetCustomAttribute<LoadColumnAttribute>();
        Check.That(load is not null, $"{kind} '{member.Name}' is missing the {nameof(LoadColumnAttribute)} attribute");
        var found = DataKinds.Of(type.IsArray ? type.GetElementType() : type);
        Check.That(found is not null, $"{kind} {member.Name} is of unsupported type.");
        return new(
            member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name,
            found.Value,
            [.. load.Ranges.Select(range => new TextLoader.Range { Min = range.First, Max = range.Last, ForceVector = type.IsArray })],
            member.GetCustomAttribute<KeyTypeAttribute>() is { } key ? new KeyCount(key.Count) : null);
    }
}

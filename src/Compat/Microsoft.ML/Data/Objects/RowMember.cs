using System.Linq.Expressions;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A field or property of a row class that is a column.</summary>
internal sealed class RowMember
{
    private readonly MemberInfo _member;
    // Made once; every cursor over a view asks for them. Compiled for a field alone: expressions take 20 ms in a program that has just started.
    private Delegate _reader, _writer;

    private RowMember(MemberInfo member)
    {
        _member = member;
        Type = member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;
        Attributes = [.. member.GetCustomAttributes()];
        IsVector = Type.IsArray || Type.IsGenericType && Type.GetGenericTypeDefinition() == typeof(VBuffer<>);
        var item = Type.IsArray ? Type.GetElementType() : IsVector ? Type.GetGenericArguments()[0] : Type;
        ItemType = item == typeof(string) ? typeof(ReadOnlyMemory<char>) : item;
    }

    public string Name => _member.Name;

    public Type Type { get; }

    /// <summary>Whether it is an array or a <see cref="VBuffer{T}"/>.</summary>
    public bool IsVector { get; }

    /// <summary>The type of one value, texts as the memory that columns hold them as.</summary>
    public Type ItemType { get; }

    public IReadOnlyList<Attribute> Attributes { get; }

    public string ColumnName => Attribute<ColumnNameAttribute>()?.Name ?? Name;

    /// <summary>Whether columns can hold it, by their own types or by registered ones.</summary>
    public bool HasColumnType => RawTypes.PrimitiveOrNull(ItemType) is not null || DataViewTypeManager.Find(ItemType, Attributes) is not null;

    private bool IsColumn => Type != typeof(IChannel) && Attribute<NoColumnAttribute>() is null;

    /// <summary>The members of a class that are columns: fields, then properties that can be read or written as asked.</summary>
    public static IEnumerable<RowMember> Of(Type rowType, SchemaDefinition.Direction direction)
    {
        bool Serves(PropertyInfo property) => property.GetIndexParameters().Length == 0
            && (direction.HasFlag(SchemaDefinition.Direction.Read) && property.GetGetMethod() is not null
                || direction.HasFlag(SchemaDefinition.Direction.Write) && property.GetSetMethod() is not null);
        return rowType.GetFields(BindingFlags.Public | BindingFlags.Instance).Cast<MemberInfo>()
            .Concat(rowType.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(Serves))
            .Select(member => new RowMember(member))
            .Where(member => member.IsColumn);
    }

    /// <summary>The member of this name; null if it is a channel, which is no column.</summary>
    public static RowMember Find(Type rowType, string name)
    {
        var info = (MemberInfo)rowType.GetField(name) ?? rowType.GetProperty(name)
            ?? throw Errors.Param("userSchemaDefinition", $"No field or property with name '{name}' found in type '{rowType.FullName}'");
        var member = new RowMember(info);
        return member.Type == typeof(IChannel) ? null : member;
    }

    public TAttribute Attribute<TAttribute>() where TAttribute : Attribute => Attributes.OfType<TAttribute>().SingleOrDefault();

    public Func<TRow, TMember> MakeReader<TRow, TMember>() => (Func<TRow, TMember>)(_reader ??= CompileReader<TRow, TMember>());

    public Action<TRow, TMember> MakeWriter<TRow, TMember>() => (Action<TRow, TMember>)(_writer ??= CompileWriter<TRow, TMember>());

    private Func<TRow, TMember> CompileReader<TRow, TMember>()
    {
        Check.That(_member is FieldInfo || ((PropertyInfo)_member).GetGetMethod() is not null, $"{_member.DeclaringType}.{Name} cannot be read.");
        if (_member is PropertyInfo property)
            return property.GetGetMethod().CreateDelegate<Func<TRow, TMember>>();
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TMember>>(Expression.MakeMemberAccess(row, _member), row).Compile();
    }

    private Action<TRow, TMember> CompileWriter<TRow, TMember>()
    {
        if (_member is FieldInfo { IsInitOnly: true } constant)
            return (target, value) => constant.SetValue(target, value);
        Check.That(_member is FieldInfo || ((PropertyInfo)_member).GetSetMethod() is not null, $"{_member.DeclaringType}.{Name} cannot be written.");
        if (_member is PropertyInfo property)
            return property.GetSetMethod().CreateDelegate<Action<TRow, TMember>>();
        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Parameter(typeof(TMember));
        return Expression.Lambda<Action<TRow, TMember>>(Expression.Assign(Expression.MakeMemberAccess(row, _member), value), row, value).Compile();
    }
}

using System.Reflection;

namespace Fovea.PowerShell;

/// <summary>Where a parameter's value belongs: an option of the same name, or one of a group of options (<c>UNetDepth</c> is <c>UNet.Depth</c>).</summary>
/// <param name="Group">The group; null for an option of the record itself.</param>
/// <param name="Option">The option.</param>
internal sealed record OptionPlace(PropertyInfo? Group, PropertyInfo Option)
{
    /// <returns>Null where the record has no such option.</returns>
    public static OptionPlace? Find(Type options, string parameter)
    {
        if (Settable(options, parameter) is { } option)
            return new(null, option);
        return options.GetProperties()
            .Where(p => IsGroup(p) && parameter.Length > p.Name.Length && parameter.StartsWith(p.Name, StringComparison.Ordinal))
            .OrderByDescending(p => p.Name.Length)
            .Select(p => Settable(p.PropertyType, parameter[p.Name.Length..]) is { } inner ? new OptionPlace(p, inner) : null)
            .FirstOrDefault(p => p is not null);
    }

    /// <summary>Sets the option on a record that is nobody else's. A group is copied first, as <c>with</c> does: it may be shared.</summary>
    public void Set(object options, object value)
    {
        if (Group is null)
        {
            Option.SetValue(options, value);
            return;
        }
        var copy = Group.PropertyType.GetMethod("<Clone>$")!.Invoke(Group.GetValue(options), null)!;
        Option.SetValue(copy, value);
        Group.SetValue(options, copy);
    }

    private static PropertyInfo? Settable(Type type, string name) => type.GetProperty(name) is { SetMethod.IsPublic: true } property ? property : null;

    private static bool IsGroup(PropertyInfo property) => property.SetMethod is { IsPublic: true } && property.PropertyType.GetMethod("<Clone>$") is not null;
}

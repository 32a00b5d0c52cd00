namespace Fovea.Backbones;

/// <summary>Enums whose members are networks, each with an attribute that builds it.</summary>
internal static class ArchitectureEnum
{
    /// <summary>The attribute of a member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum has no such member.</exception>
    public static TAttribute AttributeOf<TArchitecture, TAttribute>(TArchitecture architecture)
        where TArchitecture : struct, Enum
        where TAttribute : Attribute
    {
        var field = typeof(TArchitecture).GetField(architecture.ToString())
            ?? throw new ArgumentOutOfRangeException(nameof(architecture), architecture, $"Possible are {string.Join(", ", Enum.GetNames<TArchitecture>())}.");
        return (TAttribute)field.GetCustomAttributes(typeof(TAttribute), inherit: false).Single();
    }
}

namespace Fovea.PowerShell;

/// <summary>Marks a parameter whose text is a path of the session: it becomes an absolute one before it reaches an option.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionPathAttribute : Attribute;

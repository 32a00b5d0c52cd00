using System.Reflection;
using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>Names of fields as a state dict shows them.</summary>
public static class FieldInfoExtensionMethods
{
    public static string ComponentName(this FieldInfo field) =>
        field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
}

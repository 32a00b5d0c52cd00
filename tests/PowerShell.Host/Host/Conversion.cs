using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace Fovea.PowerShell.Host;

/// <summary>Converts arguments as PowerShell does, as far as the module needs it.</summary>
internal static class Conversion
{
    public static bool IsPossible(object value, Type type)
    {
        try
        {
            To(value, type);
            return true;
        }
        catch (Exception e) when (e is ParameterBindingException or FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    /// <exception cref="ParameterBindingException">There is no way.</exception>
    public static object To(object value, Type type)
    {
        value = (value as PSObject)?.BaseObject ?? value;
        if (value is null)
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? throw new ParameterBindingException($"Cannot convert null to type {type.Name}.") : null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsInstanceOfType(value))
            return value;
        if (type == typeof(SwitchParameter) && value is bool isOn)
            return new SwitchParameter(isOn);
        if (type.IsArray)
            return ToArray(value, type.GetElementType());
        if (type == typeof(string))
            return Convert.ToString(value, CultureInfo.InvariantCulture);
        if (type.IsEnum && value is string name)
            return Enum.TryParse(type, name, ignoreCase: true, out var member) ? member
                : throw new ParameterBindingException($"Cannot convert value \"{name}\" to type \"{type.FullName}\". Possible are: {string.Join(",", Enum.GetNames(type))}.");
        if (value is string text && type.GetMethod("Parse", [typeof(string)]) is { IsStatic: true } parse)
            return Parse(parse, text);
        return value is IConvertible && typeof(IConvertible).IsAssignableFrom(type) ? Convert.ChangeType(value, type, CultureInfo.InvariantCulture)
            : throw new ParameterBindingException($"Cannot convert the \"{value}\" value of type \"{value.GetType()}\" to type \"{type}\".");
    }

    private static Array ToArray(object value, Type element)
    {
        object[] items = value is IEnumerable many and not string ? [.. many.Cast<object>()] : [value];
        var array = Array.CreateInstance(element, items.Length);
        for (var i = 0; i < items.Length; i++)
            array.SetValue(To(items[i], element), i);
        return array;
    }

    private static object Parse(MethodInfo parse, string text)
    {
        try
        {
            return parse.Invoke(null, [text]);
        }
        catch (TargetInvocationException e)
        {
            throw new ParameterBindingException(e.InnerException.Message, e.InnerException);
        }
    }
}

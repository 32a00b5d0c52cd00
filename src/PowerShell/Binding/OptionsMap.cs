using System.Management.Automation;
using System.Reflection;

namespace Fovea.PowerShell;

/// <summary>
/// Makes an options record of a cmdlet's parameters: each parameter that was given sets the option of its name. Parameters have no
/// defaults of their own, so those of the record hold, and the record's own checks say what is out of bounds.
/// </summary>
internal static class OptionsMap
{
    /// <param name="command">The cmdlet, bound.</param>
    /// <param name="resolve">Makes an absolute path of one of the session.</param>
    public static TOptions Fill<TOptions>(object command, Func<string, string> resolve)
        where TOptions : new()
    {
        object options = new TOptions();
        foreach (var (parameter, place) in Places(command.GetType(), typeof(TOptions)))
            if (Given(parameter, command) is { } value)
                place.Set(options, Convert(parameter.IsDefined(typeof(SessionPathAttribute)) ? resolve((string)value) : value, place.Option.PropertyType));
        return (TOptions)options;
    }

    /// <summary>The parameters of a cmdlet that set options, and which.</summary>
    public static IEnumerable<(PropertyInfo Parameter, OptionPlace Place)> Places(Type command, Type options)
    {
        foreach (var parameter in command.GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute), inherit: true)))
            if (OptionPlace.Find(options, parameter.Name) is { } place)
                yield return (parameter, place);
    }

    private static object? Given(PropertyInfo parameter, object command) => parameter.GetValue(command) switch
    {
        SwitchParameter { IsPresent: false } => null,
        SwitchParameter => true,
        var value => value,
    };

    private static object Convert(object value, Type wanted) => value switch
    {
        ImageDataset dataset when wanted.IsAssignableFrom(typeof(Microsoft.ML.IDataView)) => dataset.View,
        int[] { Length: 2 } pair when wanted == typeof((int, int)?) => (pair[0], pair[1]),
        _ => value,
    };
}

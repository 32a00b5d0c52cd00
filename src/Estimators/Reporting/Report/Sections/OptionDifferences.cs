using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Fovea.Data;
using Microsoft.ML;

namespace Fovea.Reporting;

/// <summary>The options that are not at their defaults, in the order of their declaration, the task's own first.</summary>
internal static class OptionDifferences
{
    /// <summary>What tells a run where to go and whom to tell, and nothing of what is learned.</summary>
    private static readonly Type[] _notOfTheRun = [typeof(IDataView), typeof(IProgress<TrainingProgress>), typeof(CancellationToken), typeof(LoaderOptions), typeof(ComputeDevice)];

    public static IReadOnlyList<(string Name, string Value, string Default)> Of(TrainingOptions options) => [.. Compare("", options, Activator.CreateInstance(options.GetType())!)];

    private static IEnumerable<(string, string, string)> Compare(string prefix, object given, object usual)
    {
        foreach (var property in given.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || !property.CanWrite || _notOfTheRun.Contains(property.PropertyType))
                continue;
            var (value, standard) = (property.GetValue(given), property.GetValue(usual));
            var name = prefix + property.Name;
            if (value is not null && standard is not null && value.GetType() == standard.GetType() && IsPlainRecord(value.GetType()))
                foreach (var inner in Compare($"{name}.", value, standard))
                    yield return inner;
            else if (Text(value) is var text && Text(standard) is var other && text != other)
                yield return (name, text, other);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "yes" : "no",
        string text => text,
        Delegate => "own",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ when IsPlainRecord(value.GetType()) => Words(value),
        _ when value.GetType().GetMethod(nameof(ToString), [])!.DeclaringType != typeof(object) => value.ToString()!,
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Text)),
        _ => value.GetType().Name,
    };

    /// <summary>A record that has no words of its own, by its properties.</summary>
    private static string Words(object record)
    {
        var properties = record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)
            .Select(p => $"{p.Name} {Text(p.GetValue(record))}").ToList();
        return record.GetType().Name + (properties.Count == 0 ? "" : $" ({string.Join(", ", properties)})");
    }

    private static bool IsPlainRecord(Type type) => type.GetMethod(nameof(ToString), [])!.IsDefined(typeof(CompilerGeneratedAttribute));
}

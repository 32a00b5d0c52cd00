namespace Microsoft.ML.Runtime;

/// <summary>Argument and state checks that throw what the packages throw.</summary>
internal static class Check
{
    /// <summary>ArgumentOutOfRangeException unless <paramref name="condition"/>.</summary>
    public static void Param(bool condition, string name, string message = null)
    {
        if (!condition)
            throw message is null ? new ArgumentOutOfRangeException(name) : Errors.Param(name, message);
    }

    /// <summary>ArgumentNullException for null.</summary>
    public static void Value(object value, string name) => ArgumentNullException.ThrowIfNull(value, name);

    /// <summary>ArgumentOutOfRangeException for a null or empty text, as in the packages (not ArgumentNullException).</summary>
    public static string NonEmpty(string text, string name) =>
        string.IsNullOrEmpty(text) ? throw Errors.Param(name, $"{name} cannot be null or empty") : text;

    /// <summary>As <see cref="NonEmpty(string, string)"/>, for a list.</summary>
    public static IReadOnlyCollection<T> NonEmpty<T>(IReadOnlyCollection<T> items, string name) =>
        items is null || items.Count == 0 ? throw Errors.Param(name, $"{name} cannot be null or empty") : items;

    /// <summary>InvalidOperationException unless <paramref name="condition"/>.</summary>
    public static void That(bool condition, string message)
    {
        if (!condition)
            throw new InvalidOperationException(message);
    }
}

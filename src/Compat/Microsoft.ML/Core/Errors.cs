namespace Microsoft.ML.Runtime;

/// <summary>The exceptions that tell what was wanted of a schema, a getter or an argument and what was found.</summary>
internal static class Errors
{
    /// <summary>What a root cursor says when a value is asked for outside a row.</summary>
    public const string NoRow = "Values cannot be fetched at this time. This method was called either before the first call to MoveNext, or at any point after that method returned false.";

    public static ArgumentOutOfRangeException Param(string name, string message) => new(name, message);

    /// <summary>A column is absent. <paramref name="role"/> is what it is wanted as: "input", "label", "score".</summary>
    public static ArgumentOutOfRangeException SchemaMismatch(string parameter, string role, string column) =>
        Param(parameter, $"Could not find {role} column '{column}'");

    /// <summary>A column is of another type than its role wants.</summary>
    public static ArgumentOutOfRangeException SchemaMismatch(string parameter, string role, string column, string expected, string actual) =>
        Param(parameter, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");

    /// <summary>A getter of another type than the column's was asked for.</summary>
    public static InvalidOperationException InvalidGetter(Type asked, Delegate getter) =>
        InvalidGetter(asked, getter.GetType().GetGenericArguments()[0]);

    public static InvalidOperationException InvalidGetter(Type asked, Type rawType) =>
        new($"Invalid TValue in GetGetter: '{asked}', expected type: '{rawType}'.");

    public static ArgumentOutOfRangeException Inactive(DataViewSchema.Column column) =>
        Param(nameof(column), $"requested column not active: '{column.Name}' was not among the columns needed");

    /// <summary>A column of another schema was asked for.</summary>
    public static InvalidOperationException NotInSchema(DataViewSchema.Column column) =>
        new($"The requested column: {column} is not part of the sourceSchema");
}

namespace Microsoft.ML;

/// <summary>Writes the current row's value of one column into <paramref name="value"/>, reusing what it holds.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);

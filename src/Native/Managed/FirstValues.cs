namespace Fovea.Native;

/// <summary>
/// Says whether new modules on this thread shall draw the first values of their weights. Whoever loads weights into a network at once does not need
/// those. TorchSharp's own modules do not ask and always draw them.
/// </summary>
public static class FirstValues
{
    [ThreadStatic]
    private static int unwanted;

    /// <summary>They are not wanted: weights hold whatever their memory held.</summary>
    public static bool AreUnwanted => unwanted > 0;

    /// <summary>Until disposed, on this thread, random first values are not wanted. Constants are set all the same.</summary>
    public static Scope Unwanted()
    {
        unwanted++;
        return default;
    }

    /// <summary>Ends with <see cref="Dispose"/>.</summary>
    public readonly ref struct Scope
    {
        /// <summary>They are wanted again, unless an outer scope says otherwise.</summary>
        public void Dispose() => unwanted--;
    }
}

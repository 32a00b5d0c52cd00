using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>Calls a static generic method with a type known only at run time.</summary>
internal static class GenericMethod
{
    public static TResult Call<TResult>(Type owner, string name, Type argument, params object[] arguments) =>
        Call<TResult>(owner, name, [argument], arguments);

    public static TResult Call<TResult>(Type owner, string name, Type[] types, params object[] arguments) => (TResult)owner
        .GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .MakeGenericMethod(types)
        .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}

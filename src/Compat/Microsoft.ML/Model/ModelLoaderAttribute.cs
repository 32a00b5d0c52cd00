using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>
/// Says which class reads the models of a signature: <c>[assembly: ModelLoader("CopyColumns", typeof(ColumnCopyingTransformer))]</c>. The class has a
/// static method <c>Load(ModelLoadContext)</c>, of any visibility, that returns the model.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class ModelLoaderAttribute(string signature, Type loader) : Attribute
{
    private static readonly Lazy<Dictionary<string, Func<ModelLoadContext, object>>> s_loaders = new(() =>
        typeof(ModelLoaderAttribute).Assembly.GetCustomAttributes<ModelLoaderAttribute>().ToDictionary(a => a.Signature, a => a.MakeLoader()));

    public string Signature { get; } = signature;

    public static Func<ModelLoadContext, object> Find(string signature)
    {
        Check.That(s_loaders.Value.TryGetValue(signature, out var load), $"The model file names '{signature}', which this library cannot load.");
        return load;
    }

    // Called by reflection so that what a third party's factory throws arrives as the inner exception of a TargetInvocationException, as in the packages.
    private Func<ModelLoadContext, object> MakeLoader()
    {
        var method = loader.GetMethod("Load", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly, [typeof(ModelLoadContext)]);
        return context => method.Invoke(null, [context]);
    }
}

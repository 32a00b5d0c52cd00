using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: ModelLoader(CustomMappingLoader.Signature, typeof(CustomMappingLoader))]

namespace Microsoft.ML.Transforms;

/// <summary>What is saved of a mapping: the name of its contract, and the assembly that has the factory.</summary>
internal static class CustomMappingLoader
{
    public const string Signature = "CustomMapping";

    public static void Save(ModelSaveContext ctx, string contractName, Assembly assembly)
    {
        ctx.SetSignature(Signature);
        ctx.Writer.Write(contractName);
        ctx.Writer.Write(assembly.FullName);
    }

    private static ITransformer Load(ModelLoadContext ctx)
    {
        string contractName = ctx.Reader.ReadString();
        var catalog = ctx.Environment.ComponentCatalog;
        catalog.RegisterAssembly(Assembly.Load(ctx.Reader.ReadString()));
        return catalog.Create(typeof(CustomMappingFactoryAttributeAttribute), contractName) is ICustomMappingFactory factory
            ? factory.CreateTransformer(contractName)
            : throw new InvalidOperationException($"The class with contract '{contractName}' must derive from '{typeof(CustomMappingFactory<,>).FullName}'.");
    }
}

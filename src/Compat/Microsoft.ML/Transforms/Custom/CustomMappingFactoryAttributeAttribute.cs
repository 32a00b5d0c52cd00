namespace Microsoft.ML.Transforms;

/// <summary>Names the contract of a <see cref="CustomMappingFactory{TSrc, TDst}"/>, by which a loaded model finds it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CustomMappingFactoryAttributeAttribute : ExtensionBaseAttribute
{
    public CustomMappingFactoryAttributeAttribute(string contractName) : base(contractName) { }
}

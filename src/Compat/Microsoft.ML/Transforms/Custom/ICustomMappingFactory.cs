namespace Microsoft.ML.Transforms;

/// <summary>A factory whose row classes do not matter.</summary>
internal interface ICustomMappingFactory
{
    ITransformer CreateTransformer(string contractName);
}

using System.Management.Automation;

namespace Fovea.PowerShell;

/// <summary>Takes text where an object of the library is wanted, as <c>OneCycle(0.1)</c> for a learning rate schedule; objects are taken as they are.</summary>
/// <param name="type">What is wanted.</param>
internal sealed class FactoryTextAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not string text)
            return inputData;
        try
        {
            return new FactoryText(type, text).Read();
        }
        catch (FormatException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}

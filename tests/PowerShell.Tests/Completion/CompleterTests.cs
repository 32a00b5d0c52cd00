using System.Collections;
using System.Management.Automation;
using Fovea.PowerShell;

namespace Fovea.Tests.Completion;

public sealed class CompleterTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    private static string[] Complete(IArgumentCompleter completer, string word, IDictionary? bound = null) =>
        [.. completer.CompleteArgument("", "", word, null!, bound ?? new Hashtable()).Select(c => c.CompletionText)];

    [Fact]
    public void Factory_Beginning_CompletesNames()
    {
        Assert.Equal(["Constant", "Cosine"], Complete(new FactoryCompleter<LearningRateSchedule>(), "co"));
        Assert.Equal(["DiceLoss"], Complete(new FactoryCompleter<SegmentationLoss>(), "'D"));
    }

    [Fact]
    public void ClassName_OfTheModelOnTheLine_IsCompleted()
    {
        var model = _session.Model();
        Assert.Equal(["a", "b", "c"], Complete(new ClassNameCompleter(), "", new Hashtable { ["Model"] = PSObject.AsPSObject(model) }));
        Assert.Equal(["b"], Complete(new ClassNameCompleter(), "b", new Hashtable { ["Model"] = model }));
        Assert.Empty(Complete(new ClassNameCompleter(), ""));
    }

    [Fact]
    public void Device_And_Fill_AreCompleted()
    {
        Assert.Equal(["cuda", "cuda:1"], Complete(new DeviceCompleter(), "cu"));
        Assert.Equal(["edge"], Complete(new EdgeFillCompleter(), "e"));
    }
}

using Fovea.Tests.Training;

namespace Fovea.Tests.Reporting;

public class CombinedProgressTests
{
    [Fact]
    public void Report_SeveralSinks_AllAreToldInOrder()
    {
        List<string> told = [];
        using var combined = new CombinedProgress(new Reports { OnReport = _ => told.Add("a") }, new Reports { OnReport = _ => told.Add("b") });
        combined.Report(Progresses.Step(1, 1, 2, 1));
        combined.Report(Progresses.Epoch(1, 2, 1));
        Assert.Equal(["a", "b", "a", "b"], told);
    }

    [Fact]
    public void Report_OneThrows_OthersAreToldAndItIsThrown()
    {
        var last = new Reports();
        using var combined = new CombinedProgress(new Reports { OnReport = _ => throw new InvalidOperationException("full") }, last);
        Assert.Equal("full", Assert.Throws<InvalidOperationException>(() => combined.Report(Progresses.Step(1, 1, 2, 1))).Message);
        Assert.Single(last.All);
    }

    [Fact]
    public void Report_TwoThrow_BothAreThrown()
    {
        using var combined = new CombinedProgress(new Reports { OnReport = _ => throw new IOException() }, new Reports { OnReport = _ => throw new InvalidOperationException() });
        Assert.Equal(2, Assert.Throws<AggregateException>(() => combined.Report(Progresses.Step(1, 1, 2, 1))).InnerExceptions.Count);
    }

    [Fact]
    public void Dispose_FilesAmongSinks_AreClosed()
    {
        using var folder = new TempFolder();
        var file = new JsonLinesProgress(folder.File("run.jsonl"));
        new CombinedProgress(new Reports(), file).Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Report(Progresses.Epoch(1, 2, 1)));
    }

    [Fact]
    public void New_NullOrTwice_IsRefused()
    {
        var sink = new Reports();
        Assert.Contains("Sink 1 is null", Assert.Throws<ArgumentException>(() => new CombinedProgress(sink, null!)).Message);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new CombinedProgress(sink, sink)).Message);
    }

    [Fact]
    public void Report_NoSinks_DoesNothing() => new CombinedProgress().Report(Progresses.Epoch(1, 2, 1));
}

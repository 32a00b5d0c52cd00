using System.Text.Json;
using Fovea.PowerShell;

namespace Fovea.Tests.Commands;

public sealed class ExportTrainingReportTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Report_AtTheEndOfAPipeline_IsOnePage()
    {
        var file = (FileInfo)Assert.Single(_session.Output(_session.Import(), new Call("Split-ImageDataset"), ModuleSession.Train(3), new Call("Measure-ImageModel"), new Call("Export-TrainingReport").At("report.html").With("Title", "Letters of few fonts")));
        var page = File.ReadAllText(file.FullName);
        Assert.Contains("Letters of few fonts", page);
        Assert.Contains("</html>", page);
        Assert.Equal("FileExists", Assert.Single(_session.Session.Send([_session.Model()], new Call("Export-TrainingReport").At("report.html")).Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Report_OfAModelThatKnowsWhatWasHeldOut_HasWhatMeasuringGives()
    {
        var model = (ImageModel)Assert.Single(_session.Output(_session.Import(), new Call("Split-ImageDataset"), ModuleSession.Train(3)));
        var measured = (ClassificationMeasurement)Assert.Single(_session.Session.Send([model], new Call("Measure-ImageModel")).Output);
        Assert.Single(_session.Session.Send([model], new Call("Export-TrainingReport").At("report.json")).Output);
        using var json = JsonDocument.Parse(File.ReadAllText(_session.File("report.json")));
        Assert.Equal(measured.Accuracy, json.RootElement.GetProperty("headline").GetProperty("accuracy").GetDouble(), 1e-9);
    }

    [Fact]
    public void Report_WhatIf_WritesNothing()
    {
        Assert.Single(_session.Session.Send([_session.Model()], new Call("Export-TrainingReport").At("report.html").With("WhatIf")).WhatIf);
        Assert.False(File.Exists(_session.File("report.html")));
    }

    [Theory]
    [InlineData("report.pdf", 12, "ends in .html, .txt or .json")]
    [InlineData("report.html", 999, "Pictures must be 0 to 200; it is 999")]
    public void Report_WhatCannotBe_IsTheLibrarysMessage(string path, int pictures, string message)
    {
        var error = Assert.Single(_session.Session.Send([_session.Model()], new Call("Export-TrainingReport").At(path).With("Pictures", pictures)).Errors);
        Assert.Equal("InvalidArgument", error.FullyQualifiedErrorId);
        Assert.Contains(message, error.ToString());
    }
}

using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Fovea.Tests.Compat.Core;

public sealed class EnvironmentTests
{
    [Fact]
    public void Log_Channel_CarriesKindSourceAndText()
    {
        var ml = new MLContext(1);
        var lines = new List<string>();
        ml.Log += (_, message) => lines.Add(message.Message);

        using (var channel = ((IHostEnvironment)ml).Register("Fovea").Start("Train"))
        {
            channel.Info(MessageSensitivity.None, "epoch {0}", 3);
            channel.Warning(MessageSensitivity.UserData, "{0}");
            channel.Error(MessageSensitivity.None, "stop");
        }

        Assert.Equal(
            [
                "[Source=Fovea; Train, Kind=Trace] Channel started",
                "[Source=Fovea; Train, Kind=Info] epoch 3",
                "[Source=Fovea; Train, Kind=Warning] {0}",
                "[Source=Fovea; Train, Kind=Error] stop",
            ],
            lines.Take(4));
        Assert.StartsWith("[Source=Fovea; Train, Kind=Trace] Channel finished. Elapsed", lines[4], StringComparison.Ordinal);
        Assert.Equal("[Source=Fovea; Train, Kind=Trace] Channel disposed", lines[5]);
        Assert.Equal(6, lines.Count);
    }

    [Fact]
    public void Log_Event_HasTheSenderAndTheParts()
    {
        var ml = new MLContext(1);
        (object? Sender, LoggingEventArgs? Args) last = default;
        ml.Log += (sender, args) => last = (sender, args);

        using var channel = ((IHostEnvironment)ml).Start("Read");
        channel.Info(MessageSensitivity.None, "text");

        Assert.Same(ml, last.Sender);
        Assert.Equal((ChannelMessageKind.Info, "text", "Read"), (last.Args!.Kind, last.Args.RawMessage, last.Args.Source));
    }

    // The numbers are what Microsoft.ML 5.0.0 gives for these seeds.
    [Fact]
    public void Host_Rand_IsDeterminedByTheSeeds()
    {
        IHostEnvironment ml = new MLContext(9);

        var random = ml.Register("Fovea").Rand;
        var seeded = ml.Register("Fovea", 4).Rand;

        Assert.Equal((1508269153, 57), (random.Next(), (random.NextDouble(), random.Next(100)).Item2));
        Assert.Equal(424, seeded.Next(1000));
    }

    [Fact]
    public void Environment_ProgressChannel_TakesReports()
    {
        IHostEnvironment ml = new MLContext(1);

        using var progress = ml.StartProgressChannel("Training");
        progress.SetHeader(new ProgressHeader(["loss"], ["epochs"]), entry => entry.SetProgress(0, 1));
        progress.Checkpoint(0.5, null);
        var header = new ProgressHeader("epochs", "steps");

        Assert.Equal(["epochs", "steps"], header.UnitNames);
        Assert.Empty(header.MetricNames);
        Assert.ThrowsAny<ArgumentException>(() => ml.StartProgressChannel(""));
        Assert.ThrowsAny<ArgumentException>(() => ml.Register(""));
    }

    [Fact]
    public void Environment_Process_MarksTheException()
    {
        IHostEnvironment ml = new MLContext(1);
        var exception = new InvalidDataException("x");

        Assert.Same(exception, ml.Register("Fovea").Process(exception));
        Assert.Equal("Environment", exception.Data["Throwing component"]);
        Assert.Equal("HostEnvironment", ml.ContextDescription);
    }

    [Fact]
    public void Context_Options_AreKeptByName()
    {
        var ml = new MLContext();

        Assert.True(ml.TryAddOption("a", 1));
        Assert.False(ml.TryAddOption("a", 2));
        ml.SetOption("a", 3);
        Assert.True(ml.TryGetOption("a", out int a));
        Assert.Equal(3, a);
        Assert.False(ml.TryGetOption("a", out string? _));
        Assert.Null(ml.GetOptionOrDefault<string>("b"));
        Assert.True(ml.RemoveOption("a"));
        Assert.False(ml.RemoveOption("a"));
        Assert.Throws<ArgumentNullException>(() => ml.SetOption("", 1));
    }

    [Fact]
    public void Context_Devices_AreProperties()
    {
        var ml = new MLContext { GpuDeviceId = 1, FallbackToCpu = true, TempFilePath = "/somewhere" };

        Assert.Equal((1, true, "/somewhere"), (ml.GpuDeviceId, ml.FallbackToCpu, ml.TempFilePath));
        Assert.Null(new MLContext().GpuDeviceId);
        Assert.False(new MLContext().FallbackToCpu);
        Assert.Equal(Path.GetTempPath(), new MLContext().TempFilePath);
    }
}

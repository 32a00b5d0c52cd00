using System.Management.Automation;
using Fovea.PowerShell;

namespace Fovea.Tests.Pipeline;

public class WorkerTests
{
    [Fact]
    public void Run_WhatTheWorkSays_IsWrittenInOrderByTheCallersThread()
    {
        var streams = new Recorded();
        var result = Worker.Run("test", (to, _) =>
        {
            to.Verbose("one");
            to.Output(2);
            to.Warning("three");
            return 4;
        }, streams, default);
        Assert.Equal(4, result);
        Assert.Equal(["one", "2", "three"], streams.Said.Select(s => s.Text));
        Assert.All(streams.Said, s => Assert.Equal(Environment.CurrentManagedThreadId, s.Thread));
    }

    [Fact]
    public void Run_WorkThatThrows_ThrowsItHere() =>
        Assert.Throws<InvalidDataException>(() => Worker.Run<int>("test", (_, _) => throw new InvalidDataException("bad"), new Recorded(), default));

    [Fact]
    public void Run_WritingThatThrows_CancelsTheWorkAndWaitsForIt()
    {
        var ended = false;
        Assert.Throws<PipelineStoppedException>(() => Worker.Run("test", (to, token) =>
        {
            to.Output("stop");
            token.WaitHandle.WaitOne();
            return ended = true;
        }, new Recorded { Throws = true }, default));
        Assert.True(ended);
    }

    [Fact]
    public void Throttle_TenTimesASecond_AndTheFirstAtOnce()
    {
        var clock = new Clock();
        var throttle = new ProgressThrottle(clock);
        var passed = 0;
        for (var ms = 0; ms < 1000; ms++, clock.Milliseconds++)
            passed += throttle.IsDue() ? 1 : 0;
        Assert.Equal(10, passed);
    }

    [Fact]
    public void Progress_OfAThousandReportsInASecond_IsShownTenTimes()
    {
        var (clock, streams) = (new Clock(), new Recorded());
        var progress = new StreamProgress(streams, "Training", reportsEpochs: false, clock);
        for (var i = 0; i < 1000; i++, clock.Milliseconds++)
            progress.Report(new TrainingProgress { Epoch = 1, Epochs = 2, Step = i, Steps = 1000, Training = new Dictionary<string, double> { ["Loss"] = 1 }, LearningRate = 1, ImagesPerSecond = 5, Elapsed = default, Remaining = TimeSpan.FromSeconds(2.5) });
        Assert.Equal(10, streams.Said.Count);
        Assert.Equal("epoch 1/2  Loss 1.0000  5 images/s", streams.Said[0].Text);
        Assert.Equal(3, streams.Progresses[0].SecondsRemaining);
    }

    private sealed class Clock : TimeProvider
    {
        public long Milliseconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Milliseconds;
    }

    private sealed class Recorded : IStreams
    {
        public List<(string Text, int Thread)> Said { get; } = [];

        public List<ProgressRecord> Progresses { get; } = [];

        public bool Throws { get; init; }

        public void Output(object value) => Say(value.ToString()!);

        public void Error(ErrorRecord error) => Say(error.ToString());

        public void Warning(string text) => Say(text);

        public void Verbose(string text) => Say(text);

        public void Progress(ProgressRecord record)
        {
            Progresses.Add(record);
            Say(record.StatusDescription);
        }

        private void Say(string text)
        {
            if (Throws)
                throw new PipelineStoppedException();
            Said.Add((text, Environment.CurrentManagedThreadId));
        }
    }
}

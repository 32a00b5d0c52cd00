using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fovea.Tests.Reporting.Report;

/// <summary>A Chromium without a window, driven over its DevTools protocol.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly string[] _places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly TempFolder _profile = new();
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));
    private readonly List<JsonNode> _events = [];
    private string? _session;
    private int _calls;

    /// <summary>Skips the test where there is no Chromium.</summary>
    public Browser()
    {
        var program = _places.FirstOrDefault(File.Exists);
        Skip.If(program is null, "there is no Chromium on this machine");
        var start = new ProcessStartInfo(program!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-background-networking", "--hide-scrollbars", "--remote-debugging-port=0", $"--user-data-dir={_profile.Path}", "about:blank"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = new Process { StartInfo = start };
        // It says where it listens; nothing else that it says is of interest, but it must get rid of it.
        const string Said = "DevTools listening on ";
        var address = new TaskCompletionSource<Uri>();
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, said) =>
        {
            if (said.Data is null)
                address.TrySetException(new InvalidOperationException("Chromium ended before it listened."));
            else if (said.Data.StartsWith(Said, StringComparison.Ordinal))
                address.TrySetResult(new Uri(said.Data[Said.Length..]));
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _socket.ConnectAsync(address.Task.WaitAsync(_limit.Token).GetAwaiter().GetResult(), _limit.Token).GetAwaiter().GetResult();
        var target = Call("Target.createTarget", new() { ["url"] = "about:blank" })["targetId"]!.GetValue<string>();
        _session = Call("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true })["sessionId"]!.GetValue<string>();
        foreach (var domain in new[] { "Page", "Network", "Runtime", "Log" })
            Call($"{domain}.enable");
    }

    /// <summary>Opens a file and looks at it.</summary>
    /// <param name="path">Of the page.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="isDark">What the viewer prefers.</param>
    /// <param name="script">An expression that is evaluated on the page.</param>
    /// <param name="isPaper">As it is printed.</param>
    /// <returns>What the expression gave, what the console said was wrong, and the addresses of other files that were asked for.</returns>
    public (JsonNode Value, IReadOnlyList<string> Errors, IReadOnlyList<string> Requests) Look(string path, int width, bool isDark, string script, bool isPaper = false)
    {
        Call("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        Call("Emulation.setEmulatedMedia", new() { ["media"] = isPaper ? "print" : "", ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) });
        _events.Clear();
        var address = new Uri(Path.GetFullPath(path)).AbsoluteUri;
        Call("Page.navigate", new() { ["url"] = address });
        while (!_events.Any(e => Is(e, "Page.loadEventFired")))
            _events.Add(Receive());
        var value = Call("Runtime.evaluate", new() { ["expression"] = script, ["returnByValue"] = true });
        Assert.Null(value["exceptionDetails"]);
        return (value["result"]!["value"]!,
            [.. _events.Where(e => Is(e, "Runtime.exceptionThrown") || Is(e, "Log.entryAdded") || (Is(e, "Runtime.consoleAPICalled") && (string?)e["params"]!["type"] is "error" or "warning")).Select(e => e.ToJsonString())],
            [.. _events.Where(e => Is(e, "Network.requestWillBeSent")).Select(e => (string)e["params"]!["request"]!["url"]!).Where(url => url != address && !url.StartsWith("data:", StringComparison.Ordinal))]);

        static bool Is(JsonNode e, string name) => (string?)e["method"] == name;
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _limit.Dispose();
        _profile.Dispose();
    }

    private JsonNode Call(string method, JsonObject? parameters = null)
    {
        var call = new JsonObject { ["id"] = ++_calls, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null)
            call["sessionId"] = _session;
        _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, _limit.Token).GetAwaiter().GetResult();
        while (true)
        {
            var answer = Receive();
            if ((int?)answer["id"] != _calls)
            {
                _events.Add(answer);
                continue;
            }
            Assert.True(answer["error"] is null, $"{method}: {answer["error"]?.ToJsonString()}");
            return answer["result"]!;
        }
    }

    private JsonNode Receive()
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (true)
        {
            var part = _socket.ReceiveAsync(buffer, _limit.Token).GetAwaiter().GetResult();
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonNode.Parse(message.ToArray()) ?? throw new JsonException("The browser said nothing.");
        }
    }
}

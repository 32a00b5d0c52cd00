#:package System.CommandLine
#:property PublishAot=false
#:property AssemblyName=fovea-build

// The build program: dotnet run build.cs -- TASK. build.sh and build.ps1 start it and do nothing else.

using System.CommandLine;
using System.Diagnostics;
using System.Security;
using System.Xml.Linq;

string[] debianTools = ["cmake", "ninja-build", "g++", "libjpeg62-turbo-dev", "libpng-dev"];
string[] debianTorch = ["libtorch-dev", "libopenblas0-pthread"];
string[] debianPeer = ["python3-torch", "python3-torchvision"];
string[] testProjects =
[
    "tests/Native/Fovea.Native.Tests.csproj",
    "tests/Compat/TorchSharp/Fovea.Compat.TorchSharp.Tests.csproj",
    "tests/Compat/Microsoft.ML/Fovea.Compat.MicrosoftML.Tests.csproj",
    "tests/Estimators/Fovea.Tests.csproj",
    "tests/PowerShell.Tests/Fovea.PowerShell.Tests.csproj",
];

const string ToBeInstalled = "/usr, to be installed";
var root = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var artifacts = Path.Combine(root, "artifacts");
var stackFile = Path.Combine(artifacts, "stack.props");
Directory.SetCurrentDirectory(root);

var mlnetFrom = new Option<string?>("--mlnet-from") { Description = "package or compat; found out when absent", Recursive = true };
var torchFrom = new Option<string?>("--torch-from") { Description = "package or libtorch; found out when absent", Recursive = true };
var libTorch = new Option<string?>("--libtorch") { Description = "folder of the LibTorch to build against (also FOVEA_LIBTORCH)", Recursive = true };
mlnetFrom.AcceptOnlyFromAmong("package", "compat");
torchFrom.AcceptOnlyFromAmong("package", "libtorch");

var program = new RootCommand("Builds, tests and shows Fovea.") { mlnetFrom, torchFrom, libTorch };
var only = new Option<string?>("--only") { Description = "one of them alone, as training or prediction; benchmarks/Program.cs names them" };
Stack? asked = null;
string? measured = null;

Add("setup", "finds out where ML.NET and LibTorch come from, and installs what is missing", () => Setup());
Add("native", "builds the door to LibTorch and the image codecs (src/Native)", () => Native(Setup()));
Add("build", "builds everything", () => Build());
Add("test", "builds and runs all tests; the last line sums them up", () => { Build(); Test(); });
Add("demo", "trains a CNN on pictures of letters and shows how well it reads unseen fonts", () => { Native(Setup()); Run("dotnet", "run", "pipelines/letters.cs"); });
Add("bench", "measures against PyTorch side by side; writes artifacts/bench.json", () => Bench(), only);
Add("results", "writes benchmarks/RESULTS.md from the figures of bench", () => { Build(); Run(["dotnet", "run", "--no-build", "--project", "benchmarks", "--", Path.Combine(artifacts, "bench.json"), "--results", "benchmarks/RESULTS.md"]); });
Add("sanitize", "runs the native tests under AddressSanitizer", () => Sanitize(Setup()));
Add("pack", "makes the NuGet packages in artifacts/package", () => Pack());
Add("module", "puts the PowerShell module together in artifacts/module/Fovea", () => { Native(Setup()); Module(); });
Add("clean", "deletes artifacts", () => { if (Directory.Exists(artifacts)) Directory.Delete(artifacts, recursive: true); });

try
{
    return program.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BuildException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

void Add(string name, string description, Action task, Option<string?>? option = null)
{
    var command = new Command(name, description);
    if (option is not null)
        command.Options.Add(option);
    command.SetAction(parsed =>
    {
        var path = parsed.GetValue(libTorch);
        asked = new Stack(parsed.GetValue(mlnetFrom) ?? "", parsed.GetValue(torchFrom) ?? "", path is null ? "" : Path.GetFullPath(path), "");
        measured = option is null ? null : parsed.GetValue(option);
        task();
    });
    program.Subcommands.Add(command);
}

// ---- set-up ---------------------------------------------------------------------------------------------------------

Stack Setup()
{
    var known = Stack.Read(stackFile);
    var stack = known is { } k && k.Answers(asked!) ? k : FindOut();
    if (OperatingSystem.IsLinux())
    {
        // The packages' LibTorch comes without headers: then there is no door, and only the codecs are worth building.
        string[] needed = stack.TorchFrom == "libtorch"
            ? [.. debianTools, .. stack.LibTorchPath is "" or "/usr" ? debianTorch : []]
            : [];
        Install([.. needed.Where(p => !IsInstalled(p))]);
        if (stack is { TorchFrom: "libtorch", LibTorchPath: "" })
            stack = stack with
            {
                LibTorchPath = FindLibTorch() ?? throw new BuildException("libtorch-dev is installed, yet no LibTorch was found in /usr."),
                Why = stack.Why.Replace(ToBeInstalled, "/usr"),
            };
    }
    if (stack != known)
    {
        Directory.CreateDirectory(artifacts);
        stack.Write(stackFile);
    }
    Console.WriteLine($"stack: {stack.Why}");
    return stack;
}

Stack FindOut()
{
    var torch = asked!.LibTorchPath is { Length: > 0 } path ? path : FindLibTorch();
    var mlnet = asked.MLNetFrom;
    var source = asked.TorchFrom;
    var why = new List<string>();
    if (mlnet == "")
    {
        mlnet = FeedHas("Microsoft.ML", "Microsoft.ML.ImageAnalytics") ? "package" : "compat";
        why.Add(mlnet == "package" ? "ML.NET from its package" : "ML.NET from src/Compat (the feed has no Microsoft.ML)");
    }
    else
        why.Add($"ML.NET from {mlnet} (asked for)");
    if (source == "" && asked.LibTorchPath != "")
        source = "libtorch";
    if (source == "")
    {
        source = !OperatingSystem.IsLinux() || FeedHas("TorchSharp", "TorchSharp-cpu") ? "package" : "libtorch";
        why.Add(source == "package"
            ? "TorchSharp from its package"
            : $"TorchSharp from src/Compat (the feed has no TorchSharp) over the LibTorch in {torch ?? ToBeInstalled}");
    }
    else
        why.Add(source == "libtorch" ? $"TorchSharp from src/Compat (asked for) over the LibTorch in {torch ?? ToBeInstalled}" : "TorchSharp from its package (asked for)");
    why.Add(Restores("<PackageDownload Include=\"Microsoft.NETCore.App.Crossgen2.$(NETCoreSdkPortableRuntimeIdentifier)\" Version=\"[$(BundledNETCoreAppPackageVersion)]\" />")
        ? "precompiled"
        : "not precompiled (the feed has no Microsoft.NETCore.App.Crossgen2): programs start some tenths of a second later");
    return new Stack(mlnet, source, source == "libtorch" ? torch ?? "" : "", string.Join("; ", why));
}

// One restore of a project of two lines a question: the feed may be a mirror that has some packages and not others.
bool FeedHas(params string[] packages)
{
    var versions = XDocument.Load("Directory.Packages.props").Descendants("PackageVersion").ToDictionary(v => v.Attribute("Include")!.Value, v => v.Attribute("Version")!.Value);
    return Restores(string.Concat(packages.Select(p => $"<PackageReference Include=\"{p}\" Version=\"{(versions.TryGetValue(p, out var v) ? v : versions["TorchSharp"])}\" />")));
}

bool Restores(string items)
{
    var folder = Directory.CreateTempSubdirectory("fovea-feed-").FullName;
    try
    {
        File.WriteAllText(Path.Combine(folder, "feed.csproj"),
            $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>\n<ItemGroup>{items}</ItemGroup></Project>");
        if (File.Exists("NuGet.config"))
            File.Copy("NuGet.config", Path.Combine(folder, "NuGet.config"));
        return Try("dotnet", "restore", Path.Combine(folder, "feed.csproj"), "--nologo");
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static string? FindLibTorch()
{
    static bool Has(string folder) => File.Exists(Path.Combine(folder, "include", "torch", "csrc", "autograd", "variable.h"))
        || File.Exists(Path.Combine(folder, "include", "torch", "library.h"));

    if (Environment.GetEnvironmentVariable("FOVEA_LIBTORCH") is { Length: > 0 } named)
        return Has(named) ? Path.GetFullPath(named) : throw new BuildException($"FOVEA_LIBTORCH is '{named}', which holds no LibTorch with headers (include/torch/library.h).");
    var python = Output("python3", "-c", "import importlib.util as u; s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '')").Trim();
    // Debian's python3-torch links the LibTorch in /usr and brings no headers of its own.
    return python != "" && Has(python) ? python : Has("/usr") ? "/usr" : null;
}

static bool IsInstalled(string package) => Output("dpkg-query", "-W", "-f=${db:Status-Status}", package) == "installed";

void Install(string[] packages)
{
    if (packages.Length == 0)
        return;
    var command = $"apt-get install -y --no-install-recommends {string.Join(' ', packages)}";
    var isRoot = Environment.UserName == "root";
    var sudo = !isRoot && Try("sudo", "-n", "true");
    if (!Try("apt-get", "--version") || !(isRoot || sudo))
        throw new BuildException($"Missing Debian packages. Run this and start again:\n\n    sudo apt-get update && sudo {command}\n\n(Another system: install the same libraries with its own tools and set FOVEA_LIBTORCH to the folder of LibTorch.)");
    Console.WriteLine($"installing {string.Join(' ', packages)}");
    string[] prefix = sudo ? ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"] : ["env", "DEBIAN_FRONTEND=noninteractive"];
    Quiet([.. prefix, "apt-get", "update"]);
    Quiet([.. prefix, .. command.Split(' ')]);
}

// ---- building -------------------------------------------------------------------------------------------------------

void Native(Stack stack)
{
    var withTorch = stack.TorchFrom == "libtorch";
    if (!OperatingSystem.IsLinux() || (!withTorch && !debianTools.All(IsInstalled)))
    {
        Console.WriteLine("native: skipped (LibTorch comes from the package, images are decoded by ML.NET)");
        return;
    }
    CMake(Path.Combine(artifacts, "native"), "Release", withTorch ? stack.LibTorchPath : "", "-DFOVEA_SANITIZE=OFF");
}

// Ninja does nothing where nothing changed; configuring again is needed for another LibTorch alone.
void CMake(string folder, string configuration, string torch, params string[] more)
{
    var stamp = Path.Combine(folder, "libtorch.txt");
    if (!File.Exists(Path.Combine(folder, "build.ninja")) || !File.Exists(stamp) || File.ReadAllText(stamp) != torch)
    {
        Quiet(["cmake", "-S", "src/Native", "-B", folder, "-G", "Ninja", $"-DCMAKE_BUILD_TYPE={configuration}", $"-DLibTorchPath={torch}", $"-DFOVEA_TORCH={(torch == "" ? "OFF" : "ON")}", .. more]);
        File.WriteAllText(stamp, torch);
    }
    Quiet(["cmake", "--build", folder]);
}

void Sanitize(Stack stack)
{
    var folder = Path.Combine(artifacts, "native-sanitize");
    CMake(folder, "RelWithDebInfo", stack.TorchFrom == "libtorch" ? stack.LibTorchPath : "", "-DFOVEA_SANITIZE=ON");
    Run("ctest", "--test-dir", folder, "--output-on-failure");
}

void Build()
{
    Native(Setup());
    Run("dotnet", "build", "Fovea.slnx", "--nologo", "-v", "quiet", "-clp:NoSummary");
}

// A package made over src/Compat would ask for packages that nobody publishes.
void Pack()
{
    if (Setup() is not { MLNetFrom: "package", TorchFrom: "package" })
        throw new BuildException("NuGet packages are made where Microsoft.ML and TorchSharp come from the feed: ./build.sh pack --mlnet-from package --torch-from package");
    Build();
    Run("dotnet", "pack", "src/Native", "--nologo");
    Run("dotnet", "pack", "src/Estimators", "--nologo");
}

// The manifest and its initializer in the module's folder, all else below lib/, where a context of its own finds it.
void Module()
{
    var folder = Path.Combine(artifacts, "module", "Fovea");
    if (Directory.Exists(folder))
        Directory.Delete(folder, recursive: true);
    string[] plain = ["--configuration", "Debug", "--nologo", "-v", "quiet", "-p:PublishDocumentationFiles=false", "-p:DebugType=embedded"];
    Run(["dotnet", "publish", "src/PowerShell/Fovea.PowerShell.csproj", .. plain, "--output", Path.Combine(folder, "lib")]);
    Run(["dotnet", "build", "src/PowerShell/Init/Fovea.Init.csproj", "--nologo", "-v", "quiet", "-clp:NoSummary"]);
    File.Copy(Path.Combine(artifacts, "bin", "Fovea.Init", "debug", "Fovea.Init.dll"), Path.Combine(folder, "Fovea.Init.dll"));
    foreach (var file in Directory.EnumerateFiles("src/PowerShell/Module").Append("LICENSE"))
        File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    Run("dotnet", "run", "--project", "src/PowerShell/HelpBuilder", "--", "src/PowerShell/Help", Path.Combine(folder, "en-US"));
    Console.WriteLine($"module: Import-Module {folder}");
}

void Test()
{
    int passed = 0, failed = 0, skipped = 0;
    var results = Path.Combine(artifacts, "test-results");
    if (Directory.Exists(results))
        Directory.Delete(results, recursive: true);
    // Threads that wait at a barrier sleep instead of spinning: beside other work on the machine that is several times faster.
    if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
        Environment.SetEnvironmentVariable("OMP_WAIT_POLICY", "passive");
    foreach (var project in testProjects)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Console.WriteLine($"-- {name}");
        var ok = Exec(inherit: true, ["dotnet", "test", project, "--no-build", "--nologo", "--results-directory", results, "--logger", $"trx;LogFileName={name}.trx"]) == 0;
        var trx = Path.Combine(results, $"{name}.trx");
        // A run that died left no counts; that is a failure of its own.
        if (!File.Exists(trx))
        {
            failed++;
            continue;
        }
        var counters = XDocument.Load(trx).Descendants().Single(e => e.Name.LocalName == "Counters");
        int Count(string which) => (int)counters.Attribute(which)!;
        passed += Count("passed");
        skipped += Count("total") - Count("executed");
        failed += Math.Max(Count("failed") + Count("error") + Count("timeout") + Count("aborted"), ok ? 0 : 1);
    }
    var scripts = Scripts();
    (passed, failed, skipped) = (passed + scripts.Passed, failed + scripts.Failed, skipped + scripts.Skipped);
    Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
    if (failed > 0 || passed == 0)
        throw new BuildException(passed == 0 ? "No test ran." : "Tests failed.");
}

// The module in a real PowerShell, where there is one: each script says a line for each of its cases.
(int Passed, int Failed, int Skipped) Scripts()
{
    var scripts = Directory.EnumerateFiles("tests/PowerShell.Tests/Scripts", "*.Tests.ps1").Order(StringComparer.Ordinal).ToList();
    var named = Environment.GetEnvironmentVariable("FOVEA_PWSH");
    var pwsh = named is { Length: > 0 } ? named : "pwsh";
    var version = Output(pwsh, "-NoProfile", "-NonInteractive", "-Command", "$PSVersionTable.PSVersion | ForEach-Object { \"$($_.Major).$($_.Minor)\" }").Trim();
    if (!Version.TryParse(version, out var found) || found < new Version(7, 6))
    {
        if (named is { Length: > 0 })
            throw new BuildException($"FOVEA_PWSH is '{named}', which is {(version == "" ? "no PowerShell" : $"PowerShell {version}; the module needs 7.6")}.");
        Console.WriteLine($"-- PowerShell scripts: skipped, {(version == "" ? "pwsh is not on PATH" : $"pwsh is {version} and the module needs 7.6")} (FOVEA_PWSH can name another)");
        return (0, 0, scripts.Count);
    }
    Module();
    var (passed, failed) = (0, 0);
    foreach (var script in scripts)
    {
        Console.WriteLine($"-- {Path.GetFileName(script)}");
        var lines = new List<string>();
        var code = Exec(inherit: false, [pwsh, "-NoProfile", "-NonInteractive", "-File", script, "-Module", Path.Combine(artifacts, "module", "Fovea")], lines.Add);
        passed += lines.Count(l => l.StartsWith("ok - ", StringComparison.Ordinal));
        var wrong = lines.Where(l => l.StartsWith("not ok - ", StringComparison.Ordinal)).ToList();
        failed += wrong.Count + (code == 0 ? 0 : 1);
        foreach (var line in code == 0 ? wrong : lines)
            Console.WriteLine(line);
    }
    return (passed, failed, 0);
}

void Bench()
{
    Build();
    if (OperatingSystem.IsLinux() && Try("apt-get", "--version"))
        Install([.. debianPeer.Where(p => !IsInstalled(p))]);
    Run(["dotnet", "run", "--no-build", "--project", "benchmarks", "--", Path.Combine(artifacts, "bench.json"), .. measured is null ? Array.Empty<string>() : ["--only", measured]]);
}

// ---- processes ------------------------------------------------------------------------------------------------------

static int Exec(bool inherit, IReadOnlyList<string> command, Action<string>? line = null)
{
    var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = !inherit, RedirectStandardError = !inherit, UseShellExecute = false };
    foreach (var argument in command.Skip(1))
        start.ArgumentList.Add(argument);
    try
    {
        using var process = Process.Start(start)!;
        if (!inherit)
        {
            process.OutputDataReceived += (_, e) => { if (e.Data is { } text) lock (process) line?.Invoke(text); };
            process.ErrorDataReceived += (_, e) => { if (e.Data is { } text) lock (process) line?.Invoke(text); };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }
        process.WaitForExit();
        return process.ExitCode;
    }
    catch (System.ComponentModel.Win32Exception)
    {
        return 127; // no such program
    }
}

static bool Try(params string[] command) => Exec(inherit: false, command) == 0;

static string Output(params string[] command)
{
    var lines = new List<string>();
    return Exec(inherit: false, command, lines.Add) == 0 ? string.Join('\n', lines) : "";
}

static void Run(params string[] command)
{
    if (Exec(inherit: true, command) is var code and not 0)
        throw new BuildException($"'{string.Join(' ', command)}' ended with {code}.");
}

// Shows its output only when it fails.
static void Quiet(string[] command)
{
    var lines = new List<string>();
    if (Exec(inherit: false, command, lines.Add) is var code and not 0)
        throw new BuildException($"{string.Join('\n', lines.TakeLast(40))}\n'{string.Join(' ', command)}' ended with {code}.");
}

/// <summary>Where the two dependencies come from on this machine, and why.</summary>
internal sealed record Stack(string MLNetFrom, string TorchFrom, string LibTorchPath, string Why)
{
    public bool Answers(Stack asked) =>
        (asked.MLNetFrom == "" || asked.MLNetFrom == MLNetFrom)
        && (asked.TorchFrom == "" || asked.TorchFrom == TorchFrom)
        && (asked.LibTorchPath == "" || asked.LibTorchPath == LibTorchPath)
        && (LibTorchPath == "" || Directory.Exists(LibTorchPath));

    public static Stack? Read(string file)
    {
        if (!File.Exists(file))
            return null;
        var properties = XDocument.Load(file).Descendants("PropertyGroup").Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
        string Get(string name) => properties.GetValueOrDefault(name, "");
        return new Stack(Get("MLNetFrom"), Get("TorchFrom"), Get("LibTorchPath"), Get("StackWhy"));
    }

    public void Write(string file)
    {
        static string Line(string name, string value) => $"    <{name} Condition=\"'$({name})' == ''\">{SecurityElement.Escape(value)}</{name}>\n";
        File.WriteAllText(file, $"<!-- Written by build.cs; delete it to have it found out again. -->\n<Project>\n  <PropertyGroup>\n{Line("MLNetFrom", MLNetFrom)}{Line("TorchFrom", TorchFrom)}{Line("LibTorchPath", LibTorchPath)}{Line("StackWhy", Why)}  </PropertyGroup>\n</Project>\n");
    }
}

internal sealed class BuildException(string message) : Exception(message);

using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.ML;

namespace Fovea.Tests;

/// <summary>README's example is compiled against the assemblies under test and run; with one epoch, as it is the words that are tested.</summary>
public class ReadmeTests
{
    private const string Marker = "<!-- example: letters -->";

    [SkippableFact]
    public void Example_CompiledAndRun_EvaluatesAndSaves()
    {
        var readme = File.ReadAllText(Path.Combine(TestData.Root, "README.md")).ReplaceLineEndings("\n");
        var letters = Path.Combine(TestData.Root, "pipelines", "data", "letters", "train");
        Skip.IfNot(Directory.Exists(letters), "there are no letters to learn from");
        var block = Regex.Match(readme, Regex.Escape(Marker) + @"\n```csharp\n(.*?)```", RegexOptions.Singleline);
        Assert.True(block.Success, $"README.md has no C# block after {Marker}");
        var program = Regex.Replace(block.Groups[1].Value, @"Epochs = \d+", "Epochs = 1");
        Assert.Contains("Epochs = 1", program);

        using var folder = new TempFolder();
        var assembly = Compile(folder, program);
        // The paths in the example are the repository's.
        Directory.CreateSymbolicLink(folder.File("pipelines"), Path.Combine(TestData.Root, "pipelines"));
        var said = Run(assembly, folder.Path);

        Assert.Matches(@"accuracy \d+\.\d ?%, top-5 \d+\.\d ?%", said);
        Assert.Contains("Confusion table", said);
        using var model = new MLContext().Vision.LoadCnn(folder.File("letters.fovea"));
        Assert.Equal(26, model.ClassNames.Count);
        Assert.Single(model.History.Epochs);
        // One epoch over 26 letters: far from done, far from the 1/26 of chance.
        Assert.InRange(model.History.Epochs[0].Training[Measure.Accuracy], 0.15, 1);
    }

    private static Assembly Compile(TempFolder folder, string program)
    {
        folder.Write("Program.cs", System.Text.Encoding.UTF8.GetBytes(program));
        folder.Write("Readme.csproj", System.Text.Encoding.UTF8.GetBytes($"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
                <OutputPath>out/</OutputPath>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n", Referenced().Select(path => $"<Reference Include=\"{path}\" Private=\"false\" />"))}
              </ItemGroup>
            </Project>
            """));
        var start = new ProcessStartInfo("dotnet", ["build", "Readme.csproj", "--nologo", "--disable-build-servers", "-v:q"]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true };
        using var build = Process.Start(start)!;
        var log = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, log);
        return Assembly.LoadFrom(Directory.EnumerateFiles(folder.File("out"), "Readme.dll", SearchOption.AllDirectories).First());
    }

    // Whatever this very test runs with, from packages or from src/Compat.
    private static IEnumerable<string> Referenced() =>
        Directory.EnumerateFiles(Path.GetDirectoryName(typeof(CnnOptions).Assembly.Location)!, "*.dll")
            .Where(path => Path.GetFileName(path) is var name && (name is "Fovea.dll" or "Fovea.Native.dll" or "TorchSharp.dll" || name.StartsWith("Microsoft.ML.", StringComparison.Ordinal) || name.StartsWith("Fovea.Compat.", StringComparison.Ordinal)));

    private static string Run(Assembly program, string folder)
    {
        var (console, here) = (Console.Out, Environment.CurrentDirectory);
        using var said = new StringWriter();
        try
        {
            Console.SetOut(said);
            Environment.CurrentDirectory = folder;
            program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = here;
        }
        return said.ToString();
    }
}

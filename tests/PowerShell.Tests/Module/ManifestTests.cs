using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fovea.PowerShell;
using Fovea.PowerShell.Help;

namespace Fovea.Tests.Module;

/// <summary>What Test-ModuleManifest and a user of Get-Help ask of the module.</summary>
public partial class ManifestTests
{
    private static readonly string manifest = File.ReadAllText(Path.Combine(TestData.Root, "src", "PowerShell", "Module", "Fovea.psd1"));
    private static readonly Lazy<XDocument> help = new(() => MamlHelp.Of(typeof(FoveaCommand).Assembly, Path.Combine(TestData.Root, "src", "PowerShell", "Help"), new CodeDocumentation(AppContext.BaseDirectory)));

    public static TheoryData<string> Cmdlets => [.. Exported()];

    [Fact]
    public void Manifest_ExportedCmdlets_AreThoseOfTheAssembly() => Assert.Equal(Classes().Keys.Order(StringComparer.Ordinal), Exported());

    [Fact]
    public void Manifest_Names_AreOfFilesThatTheModuleGets()
    {
        foreach (var name in FileName().Matches(manifest).Select(m => m.Groups[1].Value).Where(n => n != "Fovea.PowerShell.dll" && n != "Fovea.Init.dll"))
            Assert.True(File.Exists(Path.Combine(TestData.Root, "src", "PowerShell", "Module", name)), name);
        Assert.Contains("RootModule           = 'Fovea.PowerShell.dll'", manifest);
        Assert.Contains("NestedModules        = @('Fovea.Init.dll')", manifest);
        Assert.DoesNotContain("RequiredAssemblies", manifest);
        foreach (var none in new[] { "FunctionsToExport", "AliasesToExport", "VariablesToExport" })
            Assert.Matches($@"{none}\s+= @\(\)", manifest);
    }

    [Fact]
    public void Manifest_Version_IsTheLibrarys() =>
        Assert.Equal(typeof(FoveaCommand).Assembly.GetName().Version!.ToString(3), Regex.Match(manifest, @"ModuleVersion\s+= '([^']+)'").Groups[1].Value);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlet_Exported_HasAnApprovedShapeAndATest(string name)
    {
        var type = Classes()[name];
        Assert.NotEmpty(type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type));
        Assert.Equal($"{name.Replace("-", "")}Command", type.Name);
        Assert.False(name.EndsWith('s'), "a noun is singular");
        var tests = Directory.EnumerateFiles(Path.Combine(TestData.Root, "tests", "PowerShell.Tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
        Assert.Contains(tests, t => t.Contains($"\"{name}\"", StringComparison.Ordinal));
        // What writes files can be asked what it would do.
        if (type.GetProperty("Force") is not null)
            Assert.True(type.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_OfACmdlet_HasSynopsisParametersExamplesAndALink(string name)
    {
        var page = Assert.Single(help.Value.Root!.Elements(), c => Local(c, "name").First().Value == name);
        Assert.NotEmpty(Local(page, "details").Single().Elements().Single(e => e.Name.LocalName == "description").Value);
        Assert.True(Local(page, "example").Count() >= 2);
        Assert.NotEmpty(Local(page, "navigationLink"));
        var told = Local(page, "parameters").Single().Elements().ToDictionary(p => Local(p, "name").First().Value, p => Local(p, "description").First().Value);
        var parameters = Classes()[name].GetProperties().Where(p => p.IsDefined(typeof(ParameterAttribute), inherit: true)).Select(p => p.Name);
        Assert.Equal(parameters.Order(StringComparer.Ordinal), told.Keys.Order(StringComparer.Ordinal));
        Assert.All(told, p => Assert.True(p.Value.Length > 10, p.Key));
    }

    [Fact]
    public void Help_OfAnOption_IsTheOptionsOwnText()
    {
        var page = help.Value.Root!.Elements().Single(c => Local(c, "name").First().Value == "Invoke-TrainCnn");
        var epochs = Local(page, "parameters").Single().Elements().Single(p => Local(p, "name").First().Value == "Epochs");
        Assert.Equal("Passes over the training rows, at least 1. Default 10.", Local(epochs, "description").First().Value);
    }

    [Fact]
    public void Format_Views_AreOfTypesThatThereAre()
    {
        var views = XDocument.Load(Path.Combine(TestData.Root, "src", "PowerShell", "Module", "Fovea.Format.ps1xml"));
        foreach (var view in views.Descendants("View"))
        {
            var name = view.Descendants("TypeName").Single().Value;
            var type = typeof(FoveaCommand).Assembly.GetType(name) ?? typeof(CnnOptions).Assembly.GetType(name);
            Assert.True(type is not null, name);
            foreach (var property in view.Descendants("PropertyName"))
                Assert.True(type!.GetProperty(property.Value) is not null, $"{name}.{property.Value}");
        }
    }

    private static IEnumerable<XElement> Local(XElement element, string name) => element.Descendants().Where(e => e.Name.LocalName == name);

    private static List<string> Exported() => [.. CmdletName().Matches(manifest).Select(m => m.Groups[1].Value)];

    private static Dictionary<string, Type> Classes() => typeof(FoveaCommand).Assembly.GetExportedTypes()
        .Where(t => t.IsDefined(typeof(CmdletAttribute)))
        .ToDictionary(t => t.GetCustomAttribute<CmdletAttribute>() is { } c ? $"{c.VerbName}-{c.NounName}" : "");

    [GeneratedRegex(@"'([A-Z][a-z]+-[A-Z]\w+)'")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"'([\w.]+\.(?:dll|ps1xml))'")]
    private static partial Regex FileName();
}

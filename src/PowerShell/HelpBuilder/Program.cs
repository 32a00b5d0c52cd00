using System.Reflection;
using Fovea.PowerShell.Help;

// Fovea.PowerShell.HelpBuilder HELP OUT: makes OUT/Fovea.PowerShell.dll-Help.xml of HELP/*.md, and copies HELP/about_*.help.txt.

if (args is not [var source, var target])
{
    Console.Error.WriteLine("usage: HELP OUT (the folder of Markdown files, the folder to write to)");
    return 2;
}
var module = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Fovea.PowerShell.dll"));
Directory.CreateDirectory(target);
try
{
    var help = MamlHelp.Of(module, source, new CodeDocumentation(AppContext.BaseDirectory));
    help.Save(Path.Combine(target, "Fovea.PowerShell.dll-Help.xml"));
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
foreach (var about in Directory.EnumerateFiles(source, "about_*.help.txt"))
    File.Copy(about, Path.Combine(target, Path.GetFileName(about)), overwrite: true);
return 0;

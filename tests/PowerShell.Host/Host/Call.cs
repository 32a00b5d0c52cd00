using System.Management.Automation;

namespace Fovea.PowerShell.Host;

/// <summary>One command of a pipeline with what it is given.</summary>
/// <param name="name">The cmdlet, as Invoke-TrainCnn.</param>
public sealed class Call(string name)
{
    /// <summary>The cmdlet.</summary>
    public string Name { get; } = name;

    internal List<(string Name, object Value)> Arguments { get; } = [];

    /// <summary>Gives a parameter a value; a switch without one is on.</summary>
    public Call With(string parameter, object value)
    {
        Arguments.Add((parameter, value));
        return this;
    }

    /// <summary>Switches a parameter on.</summary>
    public Call With(string parameter) => With(parameter, new SwitchParameter(true));

    /// <summary>Gives a value by position.</summary>
    public Call At(object value) => With(null, value);
}

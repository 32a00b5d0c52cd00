namespace System.Management.Automation;

/// <summary>As PowerShell's.</summary>
public class JobRepository : Repository<Job>
{
    internal JobRepository() { }
}

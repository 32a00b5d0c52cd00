using System.Management.Automation;
using Fovea.Native;

namespace Fovea.PowerShell;

/// <summary>What kind of error an exception of the library is in PowerShell: its id and category.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord Of(Exception exception, object? target)
    {
        var (id, category) = Kind(exception);
        return new ErrorRecord(exception, id, category, target);
    }

    private static (string Id, ErrorCategory Category) Kind(Exception exception) => exception switch
    {
        ItemNotFoundException or FileNotFoundException or DirectoryNotFoundException => ("PathNotFound", ErrorCategory.ObjectNotFound),
        FileExistsException => ("FileExists", ErrorCategory.ResourceExists),
        TrainingDivergedException => ("TrainingDiverged", ErrorCategory.InvalidResult),
        OperationCanceledException => ("Stopped", ErrorCategory.OperationStopped),
        ArgumentException or FormatException => ("InvalidArgument", ErrorCategory.InvalidArgument),
        InvalidDataException => ("InvalidData", ErrorCategory.InvalidData),
        NativeException { Status: NativeStatus.Unavailable } or DllNotFoundException or TypeInitializationException => ("NativeLibraryNotLoaded", ErrorCategory.NotInstalled),
        NativeException => ("NativeFailure", ErrorCategory.InvalidResult),
        UnauthorizedAccessException => ("AccessDenied", ErrorCategory.PermissionDenied),
        IOException => ("ReadOrWriteFailed", ErrorCategory.WriteError),
        NotSupportedException => ("NotSupported", ErrorCategory.NotImplemented),
        InvalidOperationException => ("InvalidOperation", ErrorCategory.InvalidOperation),
        _ => ("Failed", ErrorCategory.NotSpecified),
    };
}

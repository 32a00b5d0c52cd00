# Starts the build program: ./build.ps1 TASK (./build.ps1 --help lists the tasks).
$ErrorActionPreference = 'Stop'
if (-not ((Get-Command dotnet -ErrorAction Ignore) -and ((dotnet --list-sdks) -match '^1\d\.'))) {
    Write-Error 'Fovea needs the .NET 10 SDK (or newer) and found none on PATH: https://dotnet.microsoft.com/download'
}
Push-Location $PSScriptRoot
try { dotnet run build.cs -- @args; $code = $LASTEXITCODE } finally { Pop-Location }
exit $code

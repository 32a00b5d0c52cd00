#requires -Version 7.6
<#
.SYNOPSIS
What the PowerShell module costs: the same training by Invoke-TrainCnn and by the library alone, alternating in one process, and how long an import takes.
.EXAMPLE
./build.sh module; pwsh benchmarks/module.ps1
#>
param(
    [int]$Rounds = 7,
    [int]$Epochs = 10,
    [string]$Module = (Join-Path $PSScriptRoot .. artifacts module Fovea)
)
$ErrorActionPreference = 'Stop'

# Each import in a process of its own, where nothing of it is loaded or compiled yet.
$imports = 1..$Rounds | ForEach-Object {
    [double](& (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command "`$clock = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$Module'; `$clock.Elapsed.TotalMilliseconds")
}

Import-Module $Module
$data = Import-ImageDataset (Join-Path $PSScriptRoot .. pipelines data letters train)

# The library's own types, out of the module's context, as a C# program has them.
$fovea = $data.Augmentation.GetType().Assembly
$ml = $data.View.GetType().Assembly.GetType('Fovea.VisionExtensions').GetMethod('get_Vision').GetParameters()[0].ParameterType
function New-Options {
    $options = [Activator]::CreateInstance($fovea.GetType('Fovea.CnnOptions'))
    foreach ($name in $args[0].Keys) {
        $property = $options.GetType().GetProperty($name)
        $type = [Nullable]::GetUnderlyingType($property.PropertyType) ?? $property.PropertyType
        $property.SetValue($options, ($type.IsEnum ? [Enum]::Parse($type, $args[0][$name]) : $args[0][$name]))
    }
    $options
}
$train = @{ Architecture = 'Letters'; Channels = 'Grey'; Epochs = $Epochs; BatchSize = 64; LearningRate = 2e-3 }

# Wall time, and processor time of all threads, which other work on the machine does not lengthen.
function Measure-Run([scriptblock]$Run) {
    $process = [Diagnostics.Process]::GetCurrentProcess()
    $before = $process.TotalProcessorTime
    $clock = [Diagnostics.Stopwatch]::StartNew()
    . $Run
    $seconds = $clock.Elapsed.TotalSeconds
    $process.Refresh()
    [pscustomobject]@{ Wall = $seconds; Cpu = ($process.TotalProcessorTime - $before).TotalSeconds }
}
function Measure-Module { Measure-Run { $script:byModule = $data | Invoke-TrainCnn @train } }
function Measure-Library {
    $vision = $fovea.GetType('Fovea.VisionExtensions').GetMethod('get_Vision').Invoke($null, @([Activator]::CreateInstance($ml, @([object]0))))
    Measure-Run { $script:byLibrary = $vision.Cnn((New-Options $train)).Fit($data.View) }
}

$null = (Measure-Module), (Measure-Library)
$pairs = 1..$Rounds | ForEach-Object {
    # Who begins changes, so that a machine that becomes slower or faster counts for both.
    if ($_ % 2) { $first = Measure-Module; $second = Measure-Library } else { $second = Measure-Library; $first = Measure-Module }
    [pscustomobject]@{ Module = $first; Library = $second }
}
function Get-Loss($Model) { ($Model.History.Epochs | ForEach-Object { $_.Training['Loss'] }) -join ' ' }
if ((Get-Loss $byModule) -ne (Get-Loss $byLibrary)) { throw 'The two did not train the same.' }

function Get-Median($Values) { ($Values | Sort-Object)[[int][Math]::Floor($Values.Count / 2)] }
[pscustomobject]@{
    Import_ms     = [Math]::Round((Get-Median @($imports)), 1)
    Module_s      = [Math]::Round((Get-Median @($pairs.Module.Wall)), 3)
    Library_s     = [Math]::Round((Get-Median @($pairs.Library.Wall)), 3)
    Ratio_of_wall = [Math]::Round((Get-Median @($pairs | ForEach-Object { $_.Module.Wall / $_.Library.Wall })), 4)
    Ratio_of_cpu  = [Math]::Round((Get-Median @($pairs | ForEach-Object { $_.Module.Cpu / $_.Library.Cpu })), 4)
    Rounds        = $Rounds
    Machine       = "$((Get-TorchRuntime).CpuName), $((Get-TorchRuntime).Threads) threads"
}
$pairs | ForEach-Object { 'wall {0:0.000} {1:0.000}  cpu {2:0.000} {3:0.000}' -f $_.Module.Wall, $_.Library.Wall, $_.Module.Cpu, $_.Library.Cpu } | Write-Verbose

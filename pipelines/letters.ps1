#requires -Version 7.6
<#
.SYNOPSIS
Learns the letters a to z from pictures in some fonts and reads them in fonts it has never seen; the twin of letters.cs.
.EXAMPLE
./build.sh module; pwsh pipelines/letters.ps1
#>
param(
    # Has train/ and test/, each with a folder per class.
    [string]$Path = (Join-Path $PSScriptRoot data letters),
    [int]$Epochs = 20,
    [string]$Module = (Join-Path $PSScriptRoot .. artifacts module Fovea)
)
$ErrorActionPreference = 'Stop'
Import-Module $Module
Get-TorchRuntime | Format-List Version, CpuCapability, Threads, BFloat16, Devices

$test = Import-ImageDataset $Path -Split test
$model = Import-ImageDataset $Path -Split train | Add-ImageAugmentation -Shift 2 |
    Invoke-TrainCnn -Architecture Letters -Channels Grey -Epochs $Epochs -BatchSize 64 -LearningRate 2e-3 -Schedule OneCycle
$model | Get-ImageModelSummary | Format-Table
$model.History.Epochs | Select-Object -Last 3 | Format-Table

$measured = $model | Measure-ImageModel $test -Top 5
$measured.ConfusionMatrix
$measured | Format-List
$measured | Export-TrainingReport (Join-Path ([IO.Path]::GetTempPath()) letters.html) -Force

$file = $model | Export-ImageModel (Join-Path ([IO.Path]::GetTempPath()) letters.fovea) -Force
Get-ChildItem (Join-Path $Path test q) | Select-Object -First 3 | Invoke-ImageModel (Import-ImageModel $file)
exit ($measured.Accuracy -ge 0.95 ? 0 : 1)

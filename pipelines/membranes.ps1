#requires -Version 7.6
<#
.SYNOPSIS
Finds the membranes between cells with a U-Net (Ronneberger, Fischer and Brox, 2015); the twin of membranes.cs, but for the threshold, which stays at one half.
.EXAMPLE
./build.sh module; pwsh pipelines/membranes.ps1 PATH
#>
param(
    # Has image/0.png..29.png and label/0.png..29.png of the ISBI 2012 challenge.
    [Parameter(Mandatory)][string]$Path,
    [int]$Epochs = 400,
    [string]$Module = (Join-Path $PSScriptRoot .. artifacts module Fovea)
)
$ErrorActionPreference = 'Stop'
Import-Module $Module

$parts = Import-ImageDataset $Path -Format Mask -Images (Join-Path $Path image) -Masks (Join-Path $Path label) -ClassName membrane, cell -MaskValue 0, 255 |
    Split-ImageDataset -Test 0.2
# Tissue has no up and no left; sections differ in stain, focus and noise.
$varied = @{ Crop = 256, 256; Flip = $true; Rotate90 = $true; Noise = 8; Blur = 0.3, 1; Brightness = 0.3; Contrast = 0.3 }
$train = @{
    UNetDepth = 3; UNetWidth = 48; UNetPatchSize = 2; Channels = 'Grey'; BatchSize = 4
    Optimizer = 'AdamW'; WeightDecay = 0.05; Schedule = 'OneCycle(0.2)'; AverageWeights = 0.99
}
$bent = Join-Path ([IO.Path]::GetTempPath()) bent.fovea
$parts | Add-ImageAugmentation @varied -Elastic 300 -Fill reflect |
    Invoke-TrainSegmentation @train -Epochs $Epochs -LearningRate 3e-3 -Checkpoint $bent -Force | Out-Null

# Bending teaches what a cell may look like, and blurs how wide a membrane is; that is learned at last from unbent ones.
$parts | Add-ImageAugmentation @varied |
    Invoke-TrainSegmentation @train -Epochs ([Math]::Max(1, $Epochs * 3 / 20)) -LearningRate 1e-3 -InitialWeights $bent -TestTime Square |
    Measure-ImageModel -RandScore

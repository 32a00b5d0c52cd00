#requires -Version 7.6
<#
.SYNOPSIS
Tells sky, road, cars and eight other classes apart in every pixel of photographs of streets, with a U-Net; the twin of streets.cs.
.EXAMPLE
./build.sh module; pwsh pipelines/streets.ps1 PATH
#>
param(
    # Has train.txt, val.txt and test.txt of CamVid (Brostow et al., 2009) in SegNet's version.
    [Parameter(Mandatory)][string]$Path,
    [int]$Epochs = 150,
    [string]$Module = (Join-Path $PSScriptRoot .. artifacts module Fovea)
)
$ErrorActionPreference = 'Stop'
Import-Module $Module

$train = @{
    UNetDepth = 4; UNetWidth = 16; ImageHeight = 180; ImageWidth = 240; Epochs = $Epochs; BatchSize = 3
    Optimizer = 'AdamW'; LearningRate = 3e-3; WeightDecay = 0.01; Schedule = 'OneCycle(0.2)'
    # Poles and pedestrians are a hundredth of the pixels: balanced, each counts as much as the road; Dice keeps the large ones whole.
    Loss = 'PixelCrossEntropy(Balanced=true) + DiceLoss'
    ValidationSet = Import-ImageDataset (Join-Path $Path val.txt)
}
$model = Import-ImageDataset (Join-Path $Path train.txt) | Add-ImageAugmentation Segmentation | Invoke-TrainSegmentation @train
$measured = $model | Measure-ImageModel (Import-ImageDataset (Join-Path $Path test.txt))
$measured | Format-List
$measured.ConfusionMatrix.Rows | Format-Table

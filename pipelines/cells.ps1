#requires -Version 7.6
<#
.SYNOPSIS
Finds red and white blood cells and platelets with a YOLO; the twin of cells.cs.
.EXAMPLE
./build.sh module; pwsh pipelines/cells.ps1 PATH
#>
param(
    # Has JPEGImages, Annotations and ImageSets/Main of the BCCD set (github.com/Shenggan/BCCD_Dataset, MIT).
    [Parameter(Mandatory)][string]$Path,
    [int]$Epochs = 40,
    [string]$Module = (Join-Path $PSScriptRoot .. artifacts module Fovea)
)
$ErrorActionPreference = 'Stop'
Import-Module $Module

# Blood under a microscope has no up and no left; of a cell at the edge a third must be seen to be counted.
$data = Import-ImageDataset $Path -Split train |
    Add-ImageAugmentation -Flip -VerticalFlip -Scale 0.7, 1.4 -Translate 0.1 -Fill reflect -Brightness 0.2 -Contrast 0.2 -Saturation 0.2 -Hue 0.02 -KeepBoxes 0.3
# Cells of 640 x 480 pictures at 0.45 of their size: the smallest, platelets, are some 18 pixels wide.
$model = $data | Invoke-TrainDetector -ImageHeight 224 -ImageWidth 288 -Epochs $Epochs -BatchSize 8 -Optimizer AdamW -LearningRate 2e-3 -WeightDecay 0.02 `
    -ClipGradientNorm 10 -Schedule 'OneCycle(0.15)' -ScoreThreshold 0.01
$test = Import-ImageDataset $Path -Split test
$measured = $model | Measure-ImageModel $test
$measured | Format-List
$measured.Metrics.Classes | Format-Table
(Invoke-ImageModel $model $test | Select-Object -First 1).Boxes | Where-Object Score -gt 0.5

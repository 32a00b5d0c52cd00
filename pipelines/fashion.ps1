#requires -Version 7.6
<#
.SYNOPSIS
Trains on Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): 60,000 pictures of clothes in ten classes, 10,000 to test; the twin of fashion.cs.
.EXAMPLE
./build.sh module; pwsh pipelines/fashion.ps1 PATH
#>
param(
    # Has train-images-idx3-ubyte.gz and the three other files of the set.
    [Parameter(Mandatory)][string]$Path,
    [int]$Epochs = 20,
    [string]$Module = (Join-Path $PSScriptRoot .. artifacts module Fovea)
)
$ErrorActionPreference = 'Stop'
Import-Module $Module

$classes = 'T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'
$train = @{
    Architecture = 'Cifar'; Channels = 'Grey'; ImageHeight = 28; ImageWidth = 28; Epochs = $Epochs; BatchSize = 128
    Optimizer = 'AdamW'; LearningRate = 3e-3; WeightDecay = 0.01; Dropout = 0.25; Schedule = 'OneCycle(0.25)'
}
$model = Import-ImageDataset $Path -Split train -ClassName $classes | Add-ImageAugmentation -Shift 1 -Flip | Invoke-TrainCnn @train
$model | Get-ImageModelSummary | Format-Table

$measured = $model | Measure-ImageModel (Import-ImageDataset $Path -Split test -ClassName $classes) -Top 2
$measured.ConfusionMatrix
$measured | Format-List

#requires -Version 7.6
<#
.SYNOPSIS
A DCGAN that draws clothes, learned from Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017), and how good its drawings are by the features of a classifier; the twin of fashion-gan.cs.
.EXAMPLE
./build.sh module; pwsh pipelines/fashion-gan.ps1 PATH
#>
param(
    # Has train-images-idx3-ubyte.gz and the three other files of the set.
    [Parameter(Mandatory)][string]$Path,
    [string]$Out = (Join-Path $PWD fashion-gan),
    [int]$Epochs = 15,
    [int]$Seed = 1,
    [string]$Module = (Join-Path $PSScriptRoot .. artifacts module Fovea)
)
$ErrorActionPreference = 'Stop'
Import-Module $Module

$null = New-Item -ItemType Directory $Out -Force
$train = Import-ImageDataset $Path -Split train
$test = Import-ImageDataset $Path -Split test
$small = @{ Channels = 'Grey'; ImageHeight = 28; ImageWidth = 28; BatchSize = 128 }

# The yardstick: what it is called with all figures below.
$features = $train | Invoke-TrainCnn @small -Architecture Cifar -Epochs ([Math]::Min(6, $Epochs)) -Optimizer AdamW -LearningRate 3e-3 -WeightDecay 0.01 -Dropout 0.25 -Schedule 'OneCycle(0.25)'
$features | Measure-ImageModel $test | Format-List

$gan = $train | Invoke-TrainGan @small -Width 32 -Epochs $Epochs -Seed $Seed -AverageWeights 0.99 -SampleFolder $Out
$gan.History.Epochs | Format-Table
$gan | Export-ImageModel (Join-Path $Out fashion-gan.fovea) -Force
$gan | New-GeneratedImage -Count 100 -Seed $Seed -Folder (Join-Path $Out drawn) -Force | Select-Object -First 3
$gan | Measure-ImageModel $test -Features $features | Format-List

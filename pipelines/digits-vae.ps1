#requires -Version 7.6
<#
.SYNOPSIS
Variational autoencoders on handwritten digits: what digits are made of, and new ones (Kingma and Welling, 2014); the twin of digits-vae.cs.
.EXAMPLE
./build.sh module; pwsh pipelines/digits-vae.ps1 PATH
#>
param(
    # Has train-images-idx3-ubyte.gz and the three other files of MNIST.
    [Parameter(Mandatory)][string]$Path,
    [string]$Out = (Join-Path $PWD digits-vae),
    [int]$Epochs = 20,
    [string]$Module = (Join-Path $PSScriptRoot .. artifacts module Fovea)
)
$ErrorActionPreference = 'Stop'
Import-Module $Module

$null = New-Item -ItemType Directory $Out -Force
$train = Import-ImageDataset $Path -Split train
$test = Import-ImageDataset $Path -Split test
$common = @{ Kind = 'Variational'; Channels = 'Grey'; BatchSize = 128 }
# The network and training of PyTorch's VAE example.
$dense = $train | Invoke-TrainAutoencoder @common -Architecture Dense -HiddenWidths 400 -LatentSize 20 -Epochs ([Math]::Max(1, $Epochs / 2)) -LearningRate 1e-3
$convolutional = @{ Architecture = 'Convolutional'; HiddenWidths = 256; Optimizer = 'AdamW'; LearningRate = 3e-3; Schedule = 'OneCycle(0.1)' }
$deep = $train | Invoke-TrainAutoencoder @common @convolutional -LatentSize 20 -Epochs $Epochs
# Two numbers can be laid out as a map.
$plane = $train | Invoke-TrainAutoencoder @common @convolutional -LatentSize 2 -Epochs ([Math]::Max(1, $Epochs * 2 / 5))

$dense, $deep, $plane | Compare-ImageModel $test | Format-Table
$dense, $deep, $plane | Measure-ImageModel $test | Format-List
$deep | New-GeneratedImage -Count 10 -Folder (Join-Path $Out drawn) -Force
$deep.Transformer.SaveSampleSheet((Join-Path $Out samples.png))
$plane.Transformer.SaveLatentPlane((Join-Path $Out map.png))

param([Parameter(Mandatory)][string]$Module)
$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/Assertions.psm1
Import-Module (Join-Path $Module Fovea.psd1)

function Complete([string]$Line) { (TabExpansion2 -inputScript $Line).CompletionMatches.CompletionText }

Test-Case 'Architectures' { Assert-Equal @('ResNet101', 'ResNet152', 'ResNet18', 'ResNet34', 'ResNet50') (Complete 'Invoke-TrainCnn -Architecture res') }
Test-Case 'Formats' { Assert-Equal @('Cifar', 'Coco', 'Csv') (Complete 'Import-ImageDataset x -Format c') }
Test-Case 'Schedules' { Assert-Equal @('Constant', 'Cosine') (Complete 'Invoke-TrainCnn -Schedule co') }
Test-Case 'Losses' { Assert-Equal @('DiceLoss') (Complete 'Invoke-TrainSegmentation -Loss di') }
Test-Case 'Devices' { Assert-Equal @('cuda', 'cuda:1') (Complete 'Import-ImageModel x -Device cu') }

Test-Case 'Checkpoints relative to the session, with its drives' {
    $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "fovea-$([guid]::NewGuid())")
    try {
        '', '' | Set-Content (Join-Path $folder one.fovea), (Join-Path $folder one.txt)
        New-PSDrive -Name Runs -PSProvider FileSystem -Root $folder -Scope Global | Out-Null
        Push-Location $folder
        Assert-Equal @('one.fovea') (Complete 'Import-ImageModel -Path on')
        Assert-Equal @('./one.fovea') (Complete 'Import-ImageModel -Path ./o')
        Assert-Equal @('Runs:/one.fovea') (Complete 'Import-ImageModel -Path Runs:/o')
    }
    finally {
        Pop-Location
        Remove-PSDrive Runs -Scope Global
        Remove-Item $folder -Recurse
    }
}

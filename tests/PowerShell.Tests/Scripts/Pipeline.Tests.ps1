param([Parameter(Mandatory)][string]$Module)
$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/Assertions.psm1
Import-Module (Join-Path $Module Fovea.psd1)
$root = New-LetterFolder
Push-Location $root
try {
    $train = @{ Architecture = 'Letters'; Channels = 'Grey'; BatchSize = 16; Precision = 'Float32' }

    Test-Case 'From a folder of images to a measured model' {
        $null = Import-ImageDataset ./letters | Split-ImageDataset -Test 0.2 -OutVariable parts |
            Add-ImageAugmentation -Rotate 10 -Flip | Invoke-TrainCnn @train -Epochs 8 |
            Measure-ImageModel -Dataset $parts.Test -OutVariable measured | Export-TrainingReport ./report.html -OutVariable report
        Assert-True ((Get-Content $report -Raw) -match '</html>')
        $measured = $measured[0]
        Assert-Equal 12 $measured.Rows
        Assert-True ($measured.Accuracy -ge 0.5) "accuracy $($measured.Accuracy)"
        Assert-True ([object]::ReferenceEquals($parts.Test, $measured.Dataset)) 'it was measured on something else'
        $script:model = $measured.Model
    }

    Test-Case 'Views of datasets, models, measurements and layers' {
        Assert-True ((Import-ImageDataset ./letters | Out-String) -match 'letters\s+Classification\s+Folder\s+60\s+3')
        Assert-True (($model | Out-String -Width 200) -match 'Letters\s+Classification\s+Letters\s+3')
        Assert-True (($model | Get-ImageModelSummary | Out-String) -match 'conv1\s+Conv2d\s+20x28x28')
        Assert-True (($model.History.Epochs | Out-String -Width 200) -match '\s8\s+Loss')
        Assert-True (($model | Measure-ImageModel | Out-String) -match 'Accuracy\s*:\s*[01]\.\d{4}')
        Assert-True ((($model | Measure-ImageModel).ConfusionMatrix | Out-String) -match '(?m)^a\s+[\d·]')
    }

    Test-Case 'Epochs pass through' {
        $out = Import-ImageDataset ./letters | Invoke-TrainCnn @train -Epochs 3 -PassThruEpochs
        Assert-Equal @(1, 2, 3) $out[0..2].Epoch
        Assert-Equal 'Letters' $out[3].Name
    }

    Test-Case 'A model goes to a file and back' {
        $file = $model | Export-ImageModel ./m.fovea
        $read = Get-ChildItem *.fovea | Import-ImageModel
        Assert-Equal $file.FullName $read.Path
        Assert-Equal ($model | Measure-ImageModel).Accuracy ($read | Measure-ImageModel $model.TestDataset).Accuracy
        $failed = $null
        $model | Export-ImageModel ./m.fovea -ErrorAction SilentlyContinue -ErrorVariable failed
        Assert-Equal 'FileExists,Fovea.PowerShell.ExportImageModelCommand' $failed.FullyQualifiedErrorId
    }

    Test-Case 'Files, strings, bytes and sets are predicted' {
        $files = Get-ChildItem ./letters/a/*.png
        $byFile = $files | Invoke-ImageModel $model
        Assert-Equal $files.FullName $byFile.Path
        Assert-Equal $byFile.Label (Invoke-ImageModel $model ./letters/a/*.png).Label
        Assert-Equal $byFile[0].Label (, [IO.File]::ReadAllBytes($files[0].FullName) | Invoke-ImageModel $model).Label
        Assert-Equal 60 (Import-ImageDataset ./letters | Invoke-ImageModel $model | Measure-Object).Count
    }

    Test-Case 'A bad image among many is one error and the rest goes on' {
        Set-Content ./letters/b/bad.png 'no image'
        $failed = $null
        $out = Get-ChildItem ./letters -Recurse -Filter *.png | Invoke-ImageModel $model -ErrorVariable failed -ErrorAction SilentlyContinue
        Assert-Equal 60 $out.Count
        Assert-Equal 1 $failed.Count
        Assert-True ($failed[0].TargetObject -like '*bad.png')
        Assert-Equal 'InvalidData' $failed[0].CategoryInfo.Category
        Remove-Item ./letters/b/bad.png
    }

    Test-Case 'WhatIf tells the plan and trains nothing' {
        # What -WhatIf says reaches the host alone.
        $said = & (Get-Process -Id $PID).Path -NoProfile -Command "Import-Module '$(Join-Path $Module Fovea.psd1)'; Set-Location '$root'; Import-ImageDataset ./letters | Invoke-TrainCnn -Architecture Letters -Channels Grey -Epochs 100 -Checkpoint ./no.fovea -WhatIf"
        Assert-True (($said -join ' ') -match 'Train Letters on letters for 100 epochs.*60 of 3 classes.*parameters.*MACs.*memory.*time') ($said -join ' ')
        Assert-True (-not (Test-Path ./no.fovea))
    }

    Test-Case 'Bounds are told in the words of the library' {
        $failed = $null
        Import-ImageDataset ./letters | Invoke-TrainCnn -Epochs 0 -Dropout 2 -ErrorVariable failed -ErrorAction SilentlyContinue
        Assert-True ($failed[0].Exception.Message -match 'Epochs must be at least 1; it is 0' -and $failed[0].Exception.Message -match 'Dropout must be in \[0, 1\); it is 2')
    }

    Test-Case 'Models are compared and layers told' {
        $other = Import-ImageDataset ./letters | Invoke-TrainCnn -Architecture Perceptron -Channels Grey -Epochs 1
        $ranked = $model, $other | Compare-ImageModel (Import-ImageDataset ./letters)
        Assert-Equal @(1, 2) $ranked.Place
        Assert-Equal 2355 $other.Parameters
    }

    Test-Case 'Samples are drawn and the set is inspected' {
        $sheet = Import-ImageDataset ./letters | Add-ImageAugmentation -Rotate 20 | Show-ImageDataset ./sheet.png -Images 3 -Augmented
        Assert-True ($sheet.Length -gt 1000)
        Assert-True (Import-ImageDataset ./letters | Test-ImageDataset).IsUsable
    }

    Test-Case 'A variational autoencoder draws' {
        $drawn = Import-ImageDataset ./letters | Invoke-TrainAutoencoder -Kind Variational -LatentSize 4 -Channels Grey -ImageHeight 16 -ImageWidth 16 -Epochs 1 -BatchSize 16 |
            New-GeneratedImage -Count 3 -Folder ./drawn
        Assert-Equal 3 (Get-ChildItem ./drawn/*.png).Count
        Assert-Equal '16x16' "$($drawn[2].Image.Width)x$($drawn[2].Image.Height)"
    }
}
finally {
    Pop-Location
    Remove-Item $root -Recurse
}

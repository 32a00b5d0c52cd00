param([Parameter(Mandatory)][string]$Module)
$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/Assertions.psm1
Import-Module (Join-Path $Module Fovea.psd1)
$root = New-LetterFolder
$data = Import-ImageDataset (Join-Path $root letters)
$train = @{ Architecture = 'Perceptron'; Channels = 'Grey'; BatchSize = 16 }
try {
    Test-Case 'A job gives the model' {
        $job = $data | Invoke-TrainCnn @train -Epochs 2 -AsJob
        $script:model = $job | Receive-Job -Wait
        Assert-Equal 'Completed' $job.State
        Assert-Equal 2 $model.History.Epochs.Count
        $job | Remove-Job
    }

    Test-Case 'A job is stopped and leaves its checkpoint' {
        $file = Join-Path $root job.fovea
        $job = $data | Invoke-TrainCnn @train -Epochs 1000000 -Checkpoint $file -PassThruEpochs -AsJob
        while (-not $job.Output.Count) { Start-Sleep -Milliseconds 20 }
        $job | Stop-Job
        Assert-Equal 'Stopped' $job.State
        Assert-Equal 'Canceled' (Import-ImageModel $file).History.End
        $job | Remove-Job
    }

    Test-Case 'Ctrl+C stops within a step and saves the best weights' {
        $file = Join-Path $root stopped.fovea
        $shell = [powershell]::Create()
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.AddScript("Import-Module '$(Join-Path $Module Fovea.psd1)'; Import-ImageDataset '$(Join-Path $root letters)' | Invoke-TrainCnn -Architecture Perceptron -Channels Grey -BatchSize 16 -Epochs 1000000 -Checkpoint '$file' -PassThruEpochs")
        $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        while (-not $output.Count -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 20 }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        Assert-True ($clock.Elapsed.TotalSeconds -lt 10) "stopping took $($clock.Elapsed)"
        Assert-Equal 'Stopped' $shell.InvocationStateInfo.State
        Assert-Equal 'Canceled' (Import-ImageModel $file).History.End
        $shell.Dispose()
    }

    Test-Case 'Parallel runspaces predict with one model' {
        $manifest = Join-Path $Module Fovea.psd1
        $files = (Get-ChildItem (Join-Path $root letters) -Recurse -Filter *.png).FullName
        $alone = $files | Invoke-ImageModel $model
        $together = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:manifest
            ($using:files | Invoke-ImageModel $using:model).Label -join ''
        }
        Assert-Equal @($alone.Label -join '') ($together | Sort-Object -Unique)
        Assert-Equal 4 $together.Count
    }
}
finally {
    Remove-Item $root -Recurse
}

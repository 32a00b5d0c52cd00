param([Parameter(Mandatory)][string]$Module)
$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/Assertions.psm1
$copy = Join-Path ([IO.Path]::GetTempPath()) "fovea-$([guid]::NewGuid())"
$root = New-LetterFolder 4
try {
    Copy-Item $Module (Join-Path $copy Fovea) -Recurse
    Get-ChildItem $copy -Recurse -Include libfovea*, libtorch*, libc10*, libLibTorchSharp*, LibTorchSharp.dll, torch.dll, torch_cpu.dll, c10.dll | Remove-Item
    $pwsh = (Get-Process -Id $PID).Path
    # In a process of its own: what is loaded once stays. The last line is the answer; TorchSharp tells its tries before.
    function Invoke-Broken([string]$Code) { & $pwsh -NoProfile -Command "Import-Module '$copy/Fovea/Fovea.psd1'; $Code" | Select-Object -Last 1 }

    Test-Case 'A module without its native library imports, and says what to do' {
        $test = Invoke-Broken 'Test-TorchRuntime | ConvertTo-Json -Compress' | ConvertFrom-Json
        Assert-Equal 'False' $test.IsUsable
        Assert-True $test.Problem 'no problem is told'
        Assert-True ($test.Advice -match 'build.sh module') $test.Advice
    }

    Test-Case 'Training without it is an error with an id of its own' {
        $id = Invoke-Broken "Import-ImageDataset '$root/letters' | Invoke-TrainCnn -ErrorAction SilentlyContinue; `$Error[0].FullyQualifiedErrorId"
        Assert-Equal 'NativeLibraryNotLoaded,Fovea.PowerShell.InvokeTrainCnnCommand' $id
    }

    Test-Case 'What needs no network works without it' {
        Assert-Equal '12' (Invoke-Broken "(Import-ImageDataset '$root/letters').Rows")
    }
}
finally {
    Remove-Item $copy, $root -Recurse
}

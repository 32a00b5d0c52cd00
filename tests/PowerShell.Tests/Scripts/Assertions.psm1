# What the scripts beside this say: a line for each case, which the build program counts.

function Test-Case([string]$Name, [scriptblock]$Body) {
    try {
        & $Body | Out-Null
        Write-Host "ok - $Name"
    }
    catch {
        Write-Host "not ok - $Name`: $($_.Exception.Message) (line $($_.InvocationInfo.ScriptLineNumber))"
    }
}

function Assert-Equal($Expected, $Actual) {
    if (($Expected -join '|') -cne ($Actual -join '|')) { throw "expected '$($Expected -join '|')', got '$($Actual -join '|')'" }
}

function Assert-True($Condition, [string]$Why = 'it is not so') {
    if (-not $Condition) { throw $Why }
}

# The letters a, b and c in a few fonts, as a folder of the caller's own.
function New-LetterFolder([int]$Each = 20, [string[]]$Class = @('a', 'b', 'c')) {
    $root = Join-Path ([IO.Path]::GetTempPath()) "fovea-$([guid]::NewGuid())"
    foreach ($letter in $Class) {
        $to = New-Item -ItemType Directory (Join-Path $root letters $letter)
        Get-ChildItem (Join-Path $PSScriptRoot ../../../pipelines/data/letters/train $letter) | Select-Object -First $Each | Copy-Item -Destination $to
    }
    $root
}

Export-ModuleMember -Function *

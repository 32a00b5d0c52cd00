param([Parameter(Mandatory)][string]$Module)
$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/Assertions.psm1
Import-Module (Join-Path $Module Fovea.psd1)

foreach ($command in Get-Command -Module Fovea) {
    Test-Case "Help of $($command.Name)" {
        $help = Get-Help $command.Name -Full
        Assert-True ($help.Synopsis -and $help.Synopsis -notmatch '\[-|^\s*$') 'no synopsis'
        Assert-True ($help.examples.example.Count -ge 2) 'fewer than two examples'
        Assert-True (@($help.relatedLinks.navigationLink).Count -ge 1) 'no link'
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($name in $command.Parameters.Keys | Where-Object { $_ -notin $common }) {
            Assert-True (Get-Help $command.Name -Parameter $name).description.Text "no words about -$name"
        }
    }
}

Test-Case 'about_Fovea' { Assert-True ((Get-Help about_Fovea) -match 'Deep learning on images') }

# Examples parse, and name cmdlets and parameters that are there.
function Assert-Runnable([string]$Code) {
    $errors = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$errors)
    Assert-Equal @() $errors
    foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
        # Programs and scripts are not the module's.
        if ($call.GetCommandName() -match '^(\./|pwsh$)') { continue }
        $known = Get-Command $call.GetCommandName()
        foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
            Assert-True ($known.Parameters.Keys -like "$($parameter.ParameterName)*") "$($known.Name) has no -$($parameter.ParameterName)"
        }
    }
}

foreach ($command in Get-Command -Module Fovea) {
    Test-Case "Examples of $($command.Name)" { (Get-Help $command.Name -Full).examples.example.code | ForEach-Object { Assert-Runnable $_ } }
}

Test-Case 'Examples of the README' {
    $blocks = [regex]::Matches((Get-Content (Join-Path $PSScriptRoot ../../../README.md) -Raw), '(?s)```powershell\n(.*?)```')
    Assert-True ($blocks.Count -ge 1) 'it has none'
    $blocks | ForEach-Object { Assert-Runnable $_.Groups[1].Value }
}

foreach ($script in Get-ChildItem (Join-Path $PSScriptRoot ../../../pipelines) -Filter *.ps1) {
    Test-Case "Pipeline $($script.Name)" { Assert-Runnable (Get-Content $script -Raw) }
}

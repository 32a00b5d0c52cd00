param([Parameter(Mandatory)][string]$Module)
$ErrorActionPreference = 'Stop'
Import-Module $PSScriptRoot/Assertions.psm1
$manifest = Join-Path $Module Fovea.psd1

Test-Case 'The manifest is valid' {
    # Of one thing it complains: the root module is not in the module's folder, on purpose.
    $tested = Test-ModuleManifest $manifest -ErrorAction SilentlyContinue -ErrorVariable complaints
    Assert-Equal 'Modules_InvalidRootModuleInModuleManifest,Microsoft.PowerShell.Commands.TestModuleManifestCommand' $complaints.FullyQualifiedErrorId
    Assert-Equal 'Fovea' $tested.Name
    Assert-Equal '7.6' $tested.PowerShellVersion
}

Test-Case 'Importing loads no LibTorch' {
    # By a process of its own, since another script's cmdlets load it.
    $loaded = & (Get-Process -Id $PID).Path -NoProfile -Command "Import-Module '$manifest'; [bool](Get-Process -Id `$PID).Modules.Where({ `$_.ModuleName -match 'libtorch|libc10|torch_cpu' })"
    Assert-Equal 'False' $loaded
}

Test-Case 'Every cmdlet of the manifest is there, and no other command' {
    Import-Module $manifest
    $wanted = (Import-PowerShellDataFile $manifest).CmdletsToExport
    Assert-Equal ($wanted | Sort-Object) ((Get-Command -Module Fovea).Name | Sort-Object)
}

Test-Case 'The module lives in a context of its own' {
    $assembly = (Get-Command Invoke-TrainCnn).ImplementingType.Assembly
    Assert-Equal 'Fovea' ([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name)
    $default = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name
    Assert-True ($default -notcontains 'Fovea' -and $default -notcontains 'Google.Protobuf') 'its dependencies are in the default context'
}

Test-Case 'It can be imported again, removed and imported' {
    Import-Module $manifest -Force
    Remove-Module Fovea
    Assert-True (-not (Get-Command Invoke-TrainCnn -ErrorAction Ignore)) 'a cmdlet is still there'
    Import-Module $manifest
    Assert-True (Test-TorchRuntime -Quiet)
}

@{
    # Not a file of this folder: Fovea.Init loads it from lib/, into a context of its own, when PowerShell asks for it by name.
    RootModule           = 'Fovea.PowerShell.dll'
    NestedModules        = @('Fovea.Init.dll')
    ModuleVersion        = '0.1.0'
    GUID                 = '5f0e8f3c-9a4b-4f5e-8b1d-2c7a61d0c9e4'
    Author               = 'The Fovea authors'
    CompanyName          = 'The Fovea authors'
    Copyright            = '(c) The Fovea authors. MIT License.'
    Description          = 'Deep learning on images in PowerShell pipelines: load, augment, train, measure, report.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('Fovea.Format.ps1xml')
    CmdletsToExport      = @(
        'Add-ImageAugmentation'
        'Compare-ImageModel'
        'Convert-ImageDataset'
        'Export-ImageModel'
        'Export-TrainingReport'
        'Get-ImageModelSummary'
        'Get-TorchRuntime'
        'Import-ImageDataset'
        'Import-ImageModel'
        'Invoke-ImageModel'
        'Invoke-TrainAutoencoder'
        'Invoke-TrainCnn'
        'Invoke-TrainDetector'
        'Invoke-TrainGan'
        'Invoke-TrainSegmentation'
        'Measure-ImageModel'
        'New-GeneratedImage'
        'Show-ImageDataset'
        'Split-ImageDataset'
        'Test-ImageDataset'
        'Test-TorchRuntime'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('DeepLearning', 'Images', 'CNN', 'Segmentation', 'Detection', 'GAN', 'LibTorch', 'ML.NET', 'PSEdition_Core')
            LicenseUri   = 'https://opensource.org/license/mit'
        }
    }
}

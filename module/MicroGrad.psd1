@{
    RootModule           = 'MicroGrad.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b1b3c0e-7f0a-4c53-9f6a-2f6d1f1c9a11'
    Author               = 'MicroGrad contributors'
    CompanyName          = 'MicroGrad contributors'
    Copyright            = 'Copyright (c) MicroGrad contributors. MIT licence.'
    Description          = 'Learn, test and use backpropagation at a PowerShell prompt: scalar values that record a graph, the chain rule step by step, multilayer perceptrons trained at native speed, and pictures of it all.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    RequiredAssemblies   = @('MicroGrad.Engine.dll', 'MicroGrad.PowerShell.dll')
    FormatsToProcess     = @('MicroGrad.Format.ps1xml')
    CmdletsToExport      = @(
        'Clear-Gradient'
        'Export-GradGraph'
        'Export-GradMatrix'
        'Export-Mlp'
        'Export-MlpPlayground'
        'Export-MlpPlot'
        'Find-GradMinimum'
        'Find-MlpLearningRate'
        'Find-MlpSetting'
        'Get-GradNode'
        'Import-GradMatrix'
        'Import-Mlp'
        'Invoke-Backward'
        'Invoke-GradFunction'
        'Invoke-Mlp'
        'Measure-Mlp'
        'Measure-MlpFeature'
        'New-GradDataset'
        'New-GradFunction'
        'New-GradMatrix'
        'New-GradOptimizer'
        'New-GradRandom'
        'New-GradValue'
        'New-Mlp'
        'Show-MlpPlot'
        'Split-MlpRow'
        'Start-MlpTraining'
        'Step-Gradient'
        'Test-Gradient'
    )
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('autograd', 'backpropagation', 'micrograd', 'neural-network', 'machine-learning', 'education', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ProjectUri   = 'https://github.com/micrograd/micrograd-powershell'
            LicenseUri   = 'https://github.com/micrograd/micrograd-powershell/blob/main/LICENSE'
            ReleaseNotes = 'What is new, version by version: https://github.com/micrograd/micrograd-powershell/blob/main/CHANGELOG.md'
        }
    }
}

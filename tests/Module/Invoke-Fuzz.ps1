<#
.SYNOPSIS
    Calls every cmdlet with values that nobody means, and tells what was not refused in words.
.DESCRIPTION
    Every parameter of every set gets a sample of hostile values, alone and beside another one, in cultures of every kind
    and with a pipeline that closes after a few objects; every cmdlet gets a pipeline of garbage. An error must have an id
    that about_MicroGrad_Errors lists, or come from PowerShell's own binding. Anything else is written as a finding. The case at hand stands in -ProgressPath, for the one who finds this
    process hanging or gone.
.PARAMETER Seed
    Decides the sample. The same seed gives the same calls.
.PARAMETER Sample
    How many values each parameter gets.
.PARAMETER FolderPath
    An empty folder: where relative paths lead.
.PARAMETER ProgressPath
    The file to write the case at hand to.
.OUTPUTS
    A line of JSON for each finding, and one with the count of calls.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [int] $Seed,
    [Parameter(Mandatory)] [int] $Sample,
    [Parameter(Mandatory)] [string] $FolderPath,
    [Parameter(Mandatory)] [string] $ProgressPath
)

$ErrorActionPreference = 'Continue'
$WarningPreference = $ProgressPreference = 'SilentlyContinue'
. "$PSScriptRoot/../Import-TestModule.ps1"
Set-Location -LiteralPath $FolderPath

$random = [random]::new($Seed)
$cultures = [cultureinfo[]] ('', 'tr-TR', 'ar-SA', 'de-DE', 'en-US')
$known = [regex]::Matches((Get-Content -Raw "$PSScriptRoot/../../docs/en-US/about_MicroGrad_Errors.md"), '(?m)^\| ([A-Z]\w+) \|') |
    ForEach-Object { $_.Groups[1].Value }

# What the calls are made of where a parameter is not the one under trial. Nothing here trains for long or writes elsewhere.
$rows = @(New-GradDataset Xor)
$model = New-Mlp 2 3, 1 -Seed 1
$epochs = @($rows | Start-MlpTraining $model -Target Label -Epoch 3 -KeepParameter)
$root = (New-GradValue 2 -Label a) * (New-GradValue 3 -Label b) + 1
$square = New-GradFunction { param($x) $x * $x }
$rows | Export-Csv rows.csv
Export-Mlp model.json $model
$matrix = New-GradMatrix 2 2 -Label W
$matrix | Export-GradMatrix matrix.safetensors
$new = { New-Mlp 2 2, 1 -Seed 1 }
$table = [System.Data.DataTable]::new()
$table.Columns.AddRange([System.Data.DataColumn[]] (@{ N = 'X1'; T = [double] }, @{ N = 'X2'; T = [double] }, @{ N = 'Label'; T = [double] } | ForEach-Object { [System.Data.DataColumn]::new($_.N, $_.T) }))
$rows | ForEach-Object { $null = $table.Rows.Add($_.X1, $_.X2, $_.Label) }
$classifier = New-Mlp 2 3, 2 -Seed 1
$null = $rows | Select-Object X1, X2, @{ n = 'Class'; e = { "c$($_.Label)" } } | Tee-Object -Variable named | Start-MlpTraining $classifier -Target Class -Standardize -Epoch 2
$null = $rows | Start-MlpTraining (& $new) -Target Label -Epoch 2 -CheckpointPath checkpoint

$bases = @(
    @{ Command = 'Clear-Gradient'; Set = '__AllParameterSets'; Argument = @{}; Piped = $root }
    @{ Command = 'Export-GradGraph'; Set = 'Pipeline'; Argument = @{}; Piped = $root }
    @{ Command = 'Export-GradGraph'; Set = 'Path'; Argument = @{ Path = 'graph.svg'; Force = $true }; Piped = $root }
    @{ Command = 'Export-GradGraph'; Set = 'LiteralPath'; Argument = @{ LiteralPath = 'graph.html'; Force = $true }; Piped = $root }
    @{ Command = 'Export-GradGraph'; Set = 'Path'; Argument = @{ Path = 'network.svg'; Force = $true }; Piped = $model }
    @{ Command = 'Export-GradGraph'; Set = 'Path'; Argument = @{ Path = 'training.html'; Force = $true; History = $epochs }; Piped = $model }
    @{ Command = 'Export-GradMatrix'; Set = 'Path'; Argument = @{ Path = 'copy.safetensors'; Force = $true }; Piped = $matrix }
    @{ Command = 'Export-GradMatrix'; Set = 'LiteralPath'; Argument = @{ LiteralPath = 'copy.safetensors'; Force = $true }; Piped = $matrix }
    @{ Command = 'Export-Mlp'; Set = 'Path'; Argument = @{ Path = 'copy.json'; Force = $true }; Piped = $model }
    @{ Command = 'Export-Mlp'; Set = 'Path'; Argument = @{ Path = 'report.html'; Data = $rows; Force = $true }; Piped = $model }
    @{ Command = 'Export-Mlp'; Set = 'LiteralPath'; Argument = @{ LiteralPath = 'copy.safetensors'; Force = $true }; Piped = $model }
    @{ Command = 'Export-MlpPlayground'; Set = 'Path'; Argument = @{ Path = 'page.html'; Force = $true; Model = $model; Target = 'Label' }; Piped = $rows }
    @{ Command = 'Export-MlpPlayground'; Set = 'LiteralPath'; Argument = @{ LiteralPath = 'page.html'; Force = $true; Model = $model; Target = 'Label' }; Piped = $rows }
    @{ Command = 'Export-MlpPlot'; Set = 'Path'; Argument = @{ Path = 'loss.svg'; Force = $true }; Piped = $epochs }
    @{ Command = 'Export-MlpPlot'; Set = 'LiteralPath'; Argument = @{ LiteralPath = 'boundary.svg'; Force = $true; Model = $model; Width = 300; Height = 200 }; Piped = $rows }
    @{ Command = 'Export-MlpPlot'; Set = 'Path'; Argument = @{ Path = 'function.svg'; Force = $true; From = -1; To = 1 }; Piped = $square }
    @{ Command = 'Find-GradMinimum'; Set = '__AllParameterSets'; Argument = @{ Function = $square; MaximumIteration = 5 }; Piped = 3 }
    @{ Command = 'Find-MlpLearningRate'; Set = 'Rows'; Argument = @{ Model = (& $new); Target = 'Label'; Step = 10 }; Piped = $rows }
    @{ Command = 'Find-MlpLearningRate'; Set = 'Data'; Argument = @{ Model = (& $new); Target = 'Label'; Step = 10; Data = $rows }; Piped = $null }
    @{ Command = 'Find-MlpLearningRate'; Set = 'Path'; Argument = @{ Model = (& $new); Target = 'Label'; Step = 10; Path = 'rows.csv' }; Piped = $null }
    @{ Command = 'Find-MlpLearningRate'; Set = 'LiteralPath'; Argument = @{ Model = (& $new); Target = 'Label'; Step = 10; LiteralPath = 'rows.csv' }; Piped = $null }
    @{ Command = 'Find-MlpSetting'; Set = 'Rows'; Argument = @{ Recipe = { New-Mlp 2 1 }; Setting = @{ LearningRate = 0.01, 0.1 }; Training = @{ Epoch = 1 }; Fold = 2; ThrottleLimit = 1; Target = 'Label' }; Piped = $rows }
    @{ Command = 'Find-MlpSetting'; Set = 'Data'; Argument = @{ Recipe = { New-Mlp 2 1 }; Setting = @{ LearningRate = 0.01, 0.1 }; Training = @{ Epoch = 1 }; Fold = 2; ThrottleLimit = 1; Target = 'Label'; Data = $rows }; Piped = $null }
    @{ Command = 'Find-MlpSetting'; Set = 'Path'; Argument = @{ Recipe = { New-Mlp 2 1 }; Setting = @{ LearningRate = 0.01, 0.1 }; Training = @{ Epoch = 1 }; Fold = 2; ThrottleLimit = 1; Target = 'Label'; Path = 'rows.csv' }; Piped = $null }
    @{ Command = 'Find-MlpSetting'; Set = 'LiteralPath'; Argument = @{ Recipe = { New-Mlp 2 1 }; Setting = @{ LearningRate = 0.01, 0.1 }; Training = @{ Epoch = 1 }; Fold = 2; ThrottleLimit = 1; Target = 'Label'; LiteralPath = 'rows.csv' }; Piped = $null }
    @{ Command = 'Get-GradNode'; Set = 'List'; Argument = @{}; Piped = $root }
    @{ Command = 'Get-GradNode'; Set = 'Tree'; Argument = @{ AsTree = $true }; Piped = $root }
    @{ Command = 'Import-GradMatrix'; Set = 'Path'; Argument = @{}; Piped = 'matrix.safetensors' }
    @{ Command = 'Import-GradMatrix'; Set = 'LiteralPath'; Argument = @{ LiteralPath = 'matrix.safetensors' }; Piped = $null }
    @{ Command = 'Import-Mlp'; Set = 'Path'; Argument = @{}; Piped = 'model.json' }
    @{ Command = 'Import-Mlp'; Set = 'LiteralPath'; Argument = @{ LiteralPath = 'model.json' }; Piped = $null }
    @{ Command = 'Invoke-Backward'; Set = '__AllParameterSets'; Argument = @{}; Piped = $root }
    @{ Command = 'Invoke-GradFunction'; Set = '__AllParameterSets'; Argument = @{ Function = $square }; Piped = (1, 2) }
    @{ Command = 'Invoke-Mlp'; Set = 'Rows'; Argument = @{ Model = $model }; Piped = $rows }
    @{ Command = 'Invoke-Mlp'; Set = 'Rows'; Argument = @{ Model = $model, $model; Explain = $true; Baseline = $rows[0] }; Piped = $rows }
    @{ Command = 'Invoke-Mlp'; Set = 'Data'; Argument = @{ Model = $model; Data = $rows }; Piped = $null }
    @{ Command = 'Invoke-Mlp'; Set = 'Path'; Argument = @{ Model = $model; Path = 'rows.csv' }; Piped = $null }
    @{ Command = 'Invoke-Mlp'; Set = 'LiteralPath'; Argument = @{ Model = $model; LiteralPath = 'rows.csv' }; Piped = $null }
    @{ Command = 'Measure-Mlp'; Set = 'Rows'; Argument = @{ Model = $model }; Piped = $rows }
    @{ Command = 'Measure-Mlp'; Set = 'Data'; Argument = @{ Model = $model; Data = $rows }; Piped = $null }
    @{ Command = 'Measure-Mlp'; Set = 'Path'; Argument = @{ Model = $model; Path = 'rows.csv' }; Piped = $null }
    @{ Command = 'Measure-Mlp'; Set = 'LiteralPath'; Argument = @{ Model = $model; LiteralPath = 'rows.csv' }; Piped = $null }
    @{ Command = 'Measure-Mlp'; Set = 'Fold'; Argument = @{ Recipe = $new; Fold = 2; Target = 'Label'; Training = @{ Epoch = 1 } }; Piped = $rows }
    @{ Command = 'Measure-Mlp'; Set = 'FoldData'; Argument = @{ Recipe = $new; Fold = 2; Target = 'Label'; Training = @{ Epoch = 1 }; Data = $rows }; Piped = $null }
    @{ Command = 'Measure-Mlp'; Set = 'FoldPath'; Argument = @{ Recipe = $new; Fold = 2; Target = 'Label'; Training = @{ Epoch = 1 }; Path = 'rows.csv' }; Piped = $null }
    @{ Command = 'Measure-Mlp'; Set = 'FoldLiteralPath'; Argument = @{ Recipe = $new; Fold = 2; Target = 'Label'; Training = @{ Epoch = 1 }; LiteralPath = 'rows.csv' }; Piped = $null }
    @{ Command = 'Measure-MlpFeature'; Set = 'Rows'; Argument = @{ Model = $model; Repeat = 1 }; Piped = $rows }
    @{ Command = 'Measure-MlpFeature'; Set = 'Data'; Argument = @{ Model = $model; Repeat = 1; Data = $rows }; Piped = $null }
    @{ Command = 'Measure-MlpFeature'; Set = 'Path'; Argument = @{ Model = $model; Repeat = 1; Path = 'rows.csv' }; Piped = $null }
    @{ Command = 'Measure-MlpFeature'; Set = 'LiteralPath'; Argument = @{ Model = $model; Repeat = 1; LiteralPath = 'rows.csv' }; Piped = $null }
    @{ Command = 'New-GradDataset'; Set = '__AllParameterSets'; Argument = @{ Kind = 'Moons'; Count = 5 }; Piped = $null }
    @{ Command = 'New-GradFunction'; Set = '__AllParameterSets'; Argument = @{}; Piped = { param($x) $x * $x } }
    @{ Command = 'New-GradMatrix'; Set = '__AllParameterSets'; Argument = @{ RowCount = 2; ColumnCount = 2 }; Piped = $null }
    @{ Command = 'New-GradOptimizer'; Set = '__AllParameterSets'; Argument = @{}; Piped = $model }
    @{ Command = 'New-GradRandom'; Set = '__AllParameterSets'; Argument = @{ Kind = 'Python' }; Piped = $null }
    @{ Command = 'New-GradValue'; Set = '__AllParameterSets'; Argument = @{}; Piped = 1 }
    @{ Command = 'New-Mlp'; Set = 'Size'; Argument = @{ InputCount = 2; LayerSize = 2, 1 }; Piped = $null }
    @{ Command = 'New-Mlp'; Set = 'Rows'; Argument = @{ Target = 'Label' }; Piped = $rows }
    @{ Command = 'New-Mlp'; Set = 'Data'; Argument = @{ Target = 'Label'; Data = $rows }; Piped = $null }
    @{ Command = 'New-Mlp'; Set = 'Path'; Argument = @{ Target = 'Label'; Path = 'rows.csv' }; Piped = $null }
    @{ Command = 'New-Mlp'; Set = 'LiteralPath'; Argument = @{ Target = 'Label'; LiteralPath = 'rows.csv' }; Piped = $null }
    @{ Command = 'Show-MlpPlot'; Set = '__AllParameterSets'; Argument = @{}; Piped = $epochs }
    @{ Command = 'Show-MlpPlot'; Set = '__AllParameterSets'; Argument = @{ Model = $model }; Piped = $rows }
    @{ Command = 'Show-MlpPlot'; Set = '__AllParameterSets'; Argument = @{ Model = $model; Kind = 'Residuals' }; Piped = $rows }
    @{ Command = 'Show-MlpPlot'; Set = '__AllParameterSets'; Argument = @{ Model = $model; Kind = 'DecisionBoundary'; Feature = 'X1', 'X2' }; Piped = $rows }
    @{ Command = 'Split-MlpRow'; Set = 'Drawn'; Argument = @{ Fraction = 0.5 }; Piped = $rows }
    @{ Command = 'Split-MlpRow'; Set = 'Group'; Argument = @{ Fraction = 0.5; GroupColumn = 'X1' }; Piped = $rows }
    @{ Command = 'Split-MlpRow'; Set = 'Order'; Argument = @{ Fraction = 0.5; Ordered = $true }; Piped = $rows }
    @{ Command = 'Start-MlpTraining'; Set = 'Rows'; Argument = @{ Model = $model; Target = 'Label'; Epoch = 2 }; Piped = $rows }
    @{ Command = 'Start-MlpTraining'; Set = 'Data'; Argument = @{ Model = $model; Target = 'Label'; Epoch = 2; Data = $rows }; Piped = $null }
    @{ Command = 'Start-MlpTraining'; Set = 'Path'; Argument = @{ Model = $model; Target = 'Label'; Epoch = 2; Path = 'rows.csv' }; Piped = $null }
    @{ Command = 'Start-MlpTraining'; Set = 'LiteralPath'; Argument = @{ Model = $model; Target = 'Label'; Epoch = 2; LiteralPath = 'rows.csv' }; Piped = $null }
    @{ Command = 'Start-MlpTraining'; Set = 'Model'; Argument = @{ Target = 'Label'; Epoch = 2; Data = $rows }; Piped = $model }
    @{ Command = 'Export-GradGraph'; Set = 'Path'; Argument = @{ Path = 'graph.mmd'; Force = $true; Expand = $true }; Piped = $root }
    @{ Command = 'Export-Mlp'; Set = 'Path'; Argument = @{ Path = 'model.ps1'; Force = $true }; Piped = $classifier }
    @{ Command = 'Export-Mlp'; Set = 'Path'; Argument = @{ Path = 'model.onnx'; Force = $true }; Piped = $classifier }
    @{ Command = 'Export-MlpPlayground'; Set = 'Path'; Argument = @{ Path = 'page.html'; Force = $true; Model = $classifier; Target = 'Class' }; Piped = $named }
    @{ Command = 'Export-MlpPlot'; Set = 'Path'; Argument = @{ Path = 'kind.svg'; Force = $true; Model = $classifier; Kind = 'Confusion' }; Piped = $named }
    @{ Command = 'Find-MlpLearningRate'; Set = 'Data'; Argument = @{ Model = (& $new); Target = 'Label'; Step = 10; Data = $table }; Piped = $null }
    @{ Command = 'Find-MlpSetting'; Set = 'Rows'; Argument = @{ Recipe = { New-Mlp 2 $_.Size, 1 }; Setting = @{ Size = @{ From = 1; To = 3 } }; Trial = 3; Halving = $true; ResultPath = 'results'; Training = @{ Epoch = 3 }; Fold = 2; ThrottleLimit = 1; Target = 'Label' }; Piped = $rows; New = 'results' }
    @{ Command = 'Find-MlpSetting'; Set = 'Data'; Argument = @{ Recipe = { New-Mlp 2 1 }; Setting = @{ LearningRate = 0.01, 0.1 }; Training = @{ Epoch = 1 }; Fold = 2; ThrottleLimit = 1; Target = 'Label'; Data = $table }; Piped = $null }
    @{ Command = 'Import-Mlp'; Set = 'Path'; Argument = @{}; Piped = 'checkpoint' }
    @{ Command = 'Invoke-Mlp'; Set = 'Data'; Argument = @{ Model = $model; Data = $table }; Piped = $null }
    @{ Command = 'Invoke-Mlp'; Set = 'Rows'; Argument = @{ Model = $classifier; Explain = $true; AllProbability = $true }; Piped = $named }
    @{ Command = 'Measure-Mlp'; Set = 'Rows'; Argument = @{ Model = $classifier }; Piped = $named }
    @{ Command = 'Measure-Mlp'; Set = 'Data'; Argument = @{ Model = $model; Data = $table }; Piped = $null }
    @{ Command = 'Measure-MlpFeature'; Set = 'Data'; Argument = @{ Model = $model; Repeat = 1; Data = $table }; Piped = $null }
    @{ Command = 'New-Mlp'; Set = 'Data'; Argument = @{ Target = 'Label'; Data = $table; Classification = $true; HiddenSize = 2 }; Piped = $null }
    @{ Command = 'Show-MlpPlot'; Set = '__AllParameterSets'; Argument = @{ Model = $classifier; Kind = 'Roc' }; Piped = $named }
    @{ Command = 'Split-MlpRow'; Set = 'Drawn'; Argument = @{ Fraction = 0.5; Stratify = 'Label' }; Piped = $table.Rows }
    @{ Command = 'Start-MlpTraining'; Set = 'Data'; Argument = @{ Model = $model; Target = 'Label'; Epoch = 2; Data = $table }; Piped = $null }
    @{ Command = 'Start-MlpTraining'; Set = 'Rows'; Argument = @{ Model = $classifier; Target = 'Class'; Epoch = 1; CheckpointPath = 'state'; CheckpointInterval = 1; Force = $true }; Piped = $named }
    @{ Command = 'Start-MlpTraining'; Set = 'Rows'; Argument = @{ Model = $model; Target = 'Label'; Epoch = 2; AsJob = $true }; Piped = $rows }
    @{ Command = 'Start-MlpTraining'; Set = 'Data'; Argument = @{ Model = $model; Target = 'Label'; Epoch = 2; AsJob = $true; Data = $table }; Piped = $null }
    @{ Command = 'Step-Gradient'; Set = '__AllParameterSets'; Argument = @{ LearningRate = 0.1 }; Piped = (New-GradValue 1) }
    @{ Command = 'Test-Gradient'; Set = '__AllParameterSets'; Argument = @{}; Piped = $root }
)

$deep = 'bottom'
foreach ($level in 1..500) {
    $deep = @{ Inner = $deep }
}
$empty = $table.Clone()
$deleted = $table.Copy()
$deleted.AcceptChanges()
$deleted.Rows[0].Delete()
$reader = $table.CreateDataReader()
$reader.Dispose()
$job = Start-MlpTraining -Model (& $new) -Data $rows -Target Label -Epoch 1 -AsJob
$null = Wait-Job $job
$null = New-Item -ItemType Directory 'a folder'
$null = New-Item -ItemType SymbolicLink -Path loop -Target loop
$values = [ordered]@{
    'a DataTable'               = , $table
    'a DataTable of no rows'    = , $empty
    'a DataTable of no columns' = , [System.Data.DataTable]::new()
    'a deleted DataRow'         = , $deleted
    'a closed data reader'      = , $reader
    'a job'                     = $job
    "'a folder'"                = 'a folder'
    "'loop'"                    = 'loop'
    "'~'"                       = '~'
    "'-Force'"                  = '-Force'
    "'/dev/full'"               = '/dev/full'
    "'a name of 300'"           = 'n' * 300
    '$null'                     = $null
    "''"                        = ''
    "' '"                       = ' '
    "'text'"                    = 'text'
    "'1,5'"                     = '1,5'
    "'NaN'"                     = 'NaN'
    "'İIıi'"                    = 'İIıi'
    'a NUL'                     = "a`0b"
    'half a character'          = [string] [char] 0xd800
    'long text'                 = 'x' * 10000
    "'*'"                       = '*'
    "'['"                       = '['
    "'none/none.csv'"           = 'none/none.csv'
    "'nodrive:x'"               = 'nodrive:x'
    "'Env:PATH'"                = 'Env:PATH'
    "'.'"                       = '.'
    '@()'                       = @()
    '@($null)'                  = @($null)
    'lists in lists'            = @(@(), @(@(1), $null), 'x')
    'a grid'                    = [double[, ]]::new(2, 2)
    '0'                         = 0
    '-1'                        = -1
    '-0.0'                      = -0.0
    '[int]::MaxValue'           = [int]::MaxValue
    '[int]::MinValue'           = [int]::MinValue
    '[long]::MinValue'          = [long]::MinValue
    '[ulong]::MaxValue'         = [ulong]::MaxValue
    'a number of 400 digits'    = [bigint]::Pow(10, 400)
    '[decimal]::MaxValue'       = [decimal]::MaxValue
    '[double]::MaxValue'        = [double]::MaxValue
    '[double]::Epsilon'         = [double]::Epsilon
    '[double]::NaN'             = [double]::NaN
    '[double]::PositiveInfinity' = [double]::PositiveInfinity
    '[double]::NegativeInfinity' = [double]::NegativeInfinity
    'NaNs'                      = [double]::NaN, [double]::NaN
    '$true'                     = $true
    '{ throw }'                 = { throw 'by the caller' }
    '{ param($x) throw }'       = { param($x) throw "by the caller, of $x" }
    '{ }'                       = { }
    '{ param($x) $null }'       = { param($x) $null = $x }
    '{ param($x) none }'        = { param($x) $x * [int]::Parse('none') }
    '{ param($x, $y) $x.None() }' = { param($x, $y) $x.None($y) }
    '{ param([GradValue[]] $x) $x[9] }' = { param([MicroGrad.GradValue[]] $x) $x[9] }
    '{ $model }'                = { $model }
    '@{}'                       = @{}
    '@{ $null }'                = @{ Label = $null; X1 = @() }
    'a deep object'             = $deep
    'an object of no columns'   = [pscustomobject]@{}
    'an object that throws'     = [pscustomobject]@{ X1 = 1 } | Add-Member ScriptProperty X2 { throw 'by the caller' } -PassThru
    'a date'                    = [datetime]::MinValue
    'a time'                    = [timespan]::MaxValue
    '[DBNull]::Value'           = [DBNull]::Value
    'a type'                    = [string]
    'a GradValue'               = New-GradValue 1
    'a root'                    = $root
    'a NaN'                     = (New-GradValue ([double]::NaN)).Log()
    'a model'                   = $model
    'another model'             = New-Mlp 5 4, 3
    'a function'                = $square
    'an epoch'                  = $epochs[0]
    'many kinds'                = @(1, 'x', $null, $model, @{}, { })
    'a closed stream'           = & { $stream = [IO.MemoryStream]::new(); $stream.Dispose(); $stream }
}

# What calls go without: a job runs elsewhere, and a question to nobody is PowerShell's own error.
$left = [System.Management.Automation.Cmdlet]::CommonParameters + 'AsJob', 'Confirm', 'WhatIf'

# Ours by its id, PowerShell's by its kind.
function Test-Refusal([System.Management.Automation.ErrorRecord] $Record) {
    $id = ($Record.FullyQualifiedErrorId -split ',')[0]
    if ($Record.Exception -is [MicroGrad.GradException]) {
        # What a job received has no cmdlet's name behind the id.
        return $id -cin $known -and $Record.FullyQualifiedErrorId -match '^\w+$|,MicroGrad\.PowerShell\.Commands\.|,Microsoft\.PowerShell\.Commands\.ReceiveJob' -and $Record.Exception.Message
    }

    # What can't be enumerated, such as a closed reader, fails where PowerShell binds it.
    $Record.Exception -is [System.Management.Automation.ParameterBindingException] -or $id -ceq 'ExceptionInGetEnumerator'
}

$count = 0
$plain = 'as it stands'
$calls = [System.Collections.Generic.List[object]]::new()

$names = @($values.Keys)
foreach ($base in $bases) {
    # First as it stands, which must work: else the others show nothing.
    $calls.Add(@{ Base = $base; Change = @{}; Name = $plain })
    $set = (Get-Command $base.Command).ParameterSets | Where-Object Name -EQ $base.Set
    $parameters = @($set.Parameters.Name | Where-Object { $_ -notin $left })
    foreach ($parameter in $parameters) {
        foreach ($name in Get-Random -InputObject $names -Count $Sample -SetSeed $random.Next()) {
            $calls.Add(@{ Base = $base; Change = @{ $parameter = $values[$name] }; Name = "-$parameter $name" })
        }
        $second = $parameters[$random.Next($parameters.Count)]
        if ($second -ne $parameter) {
            $pair = Get-Random -InputObject $names -Count 2 -SetSeed $random.Next()
            $calls.Add(@{
                    Base = $base
                    Change = @{ $parameter = $values[$pair[0]]; $second = $values[$pair[1]] }
                    Name = "-$parameter $($pair[0]) -$second $($pair[1])"
                })
        }
    }
    foreach ($name in Get-Random -InputObject $names -Count (2 * $Sample) -SetSeed $random.Next()) {
        $calls.Add(@{ Base = $base; Change = @{}; Name = "$name |"; Garbage = $name })
    }
}

foreach ($call in $calls) {
    $base = $call.Base
    $culture = $cultures[$random.Next($cultures.Count)]
    $text = "$($base.Command) [$($base.Set)] $($call.Name) ($($culture.Name))"
    [IO.File]::WriteAllText($ProgressPath, $text)
    $arguments = $base.Argument.Clone()
    foreach ($parameter in $call.Change.Keys) {
        $arguments[$parameter] = $call.Change[$parameter]
    }
    $bound = (Get-Command $base.Command).ParameterSets | Where-Object Name -EQ $base.Set | ForEach-Object Parameters | Where-Object ValueFromPipeline
    $isPiped = $null -ne $base.Piped -and -not ($bound | Where-Object { $call.Change.ContainsKey($_.Name) })
    $piped = $base.Piped
    if ($call['Garbage']) {
        $piped = $values[$call.Garbage]
        $isPiped = $true
    }
    if ($base['New']) {
        Remove-Item $base.New -ErrorAction Ignore
    }
    $problems = @()
    $before = [cultureinfo]::CurrentCulture
    try {
        [cultureinfo]::CurrentCulture = $culture
        $results = if ($isPiped) {
            $piped | & $base.Command @arguments 2>&1 | Select-Object -First 3
        } else {
            & $base.Command @arguments 2>&1 | Select-Object -First 3
        }

        # A job tells its errors when it is received.
        $results = foreach ($result in $results) {
            if ($result -is [System.Management.Automation.Job] -and $base.Argument['AsJob']) { $null = Wait-Job $result; Receive-Job $result 2>&1; Remove-Job $result } else { $result }
        }
        $problems = @($results | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $null = $results | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] } | Out-String -Width 80
    } catch {
        $problems = @($_)
    } finally {
        [cultureinfo]::CurrentCulture = $before
    }
    foreach ($problem in $problems) {
        if ($call.Name -eq $plain -or -not (Test-Refusal $problem)) {
            @{ Call = $text; Id = $problem.FullyQualifiedErrorId; Kind = $problem.Exception.GetType().FullName; Message = $problem.Exception.Message; Trace = "$($problem.Exception.StackTrace)" } |
                ConvertTo-Json -Compress
        }
    }
    $count++
}
@{ Count = $count; Bases = @($bases | ForEach-Object { "$($_.Command) [$($_.Set)]" } | Sort-Object -Unique) } | ConvertTo-Json -Compress

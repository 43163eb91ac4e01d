#Requires -Modules MicroGrad

# 6. Your own rows

# Processes

Import-Module MicroGrad
$processes = Get-Process
$model = $processes | New-Mlp -Target WorkingSet64 -Feature CPU, HandleCount, PagedMemorySize64 -MissingValue Mean
$epochs = $processes | Start-MlpTraining $model -Epoch 20
$model

# Files

$folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid()))
foreach ($i in 1..24) {
    $file = "$folder/$i" + ($i % 3 ? '.log' : '.zip')
    Set-Content $file ('x' * ($i % 3 ? 40 * $i : 900 + $i))
    (Get-Item $file).LastWriteTime = [datetime]::new(2024, 5, 1).AddHours(7 * $i)
}
$files = Get-ChildItem $folder
$model = $files | New-Mlp -Target Extension -Feature Length, LastWriteTime
$epochs = $files | Start-MlpTraining $model -Epoch 100
$model.Classes -join ', '
($files | Measure-Mlp $model).Accuracy

# A CSV from Europe

$lines = foreach ($i in 0..27) { '{0:dd\.MM\.yyyy};{1},5;{2},25' -f [datetime]::new(2024, 2, 1).AddDays($i), ($i % 7), (3 + $i % 7) }
Set-Content "$folder/umsatz.csv" (@('Tag;Besucher;Umsatz') + $lines)
$model = New-Mlp -Path "$folder/umsatz.csv" -Delimiter ';' -Culture de-DE -Target Umsatz -Date Tag
$epochs = Start-MlpTraining $model -Path "$folder/umsatz.csv" -Delimiter ';' -Culture de-DE -Epoch 200
$model.Schema.Features | Select-Object Name, Kind
[pscustomobject]@{ Tag = '04.03.2024'; Besucher = '4,5' } | Invoke-Mlp $model -Culture de-DE | ForEach-Object { $_.Prediction.ToString('F0') }

# A log

$log = foreach ($i in 0..39) { '2024-03-01 {0:00}:15:00 {1} took {2} ms' -f ($i % 24), ($i % 4 ? 'GET' : 'POST'), ($i % 4 ? 20 + $i % 5 : 200 + $i) }
$requests = $log | ForEach-Object {
    if ($_ -match '^(?<Time>\S+ \S+) (?<Verb>\w+) took (?<Took>\d+) ms$') {
        [pscustomobject]@{ Time = [datetime] $Matches.Time; Verb = $Matches.Verb; Took = [int] $Matches.Took }
    }
}
$model = $requests | New-Mlp -Target Took -Categorical Verb
$epochs = $requests | Start-MlpTraining $model -Epoch 100
($requests | Measure-Mlp $model).R2 -gt 0.9

# JSON

$orders = '[{"items":[1,2],"total":30,"gift":true},{"items":[4],"total":12},{"items":[7,8,9],"total":51,"gift":false},{"items":[3],"total":9,"gift":true}]' |
    ConvertFrom-Json
$rows = $orders | Select-Object total, gift, @{ n = 'count'; e = { $_.items.Count } }
$model = $rows | New-Mlp -Target total -MissingValue Mean
$epochs = $rows | Start-MlpTraining $model -Epoch 20
$model.FeatureNames -join ', '

# A job

$points = Start-Job { 0..30 | ForEach-Object { [pscustomobject]@{ X = $_ / 10; Y = [math]::Sin($_ / 10) } } } | Receive-Job -Wait -AutoRemoveJob
$model = $points | New-Mlp -Target Y
$epochs = $points | Start-MlpTraining $model -Epoch 100
$model.FeatureNames
$points | Export-MlpPlot sine.svg -Model $model -Kind PartialDependence

# A DataTable

$table = [System.Data.DataTable]::new('stock')
$null = $table.Columns.Add('Amount', [double]), $table.Columns.Add('Age', [int]), $table.Columns.Add('Sell', [bool])
1..30 | ForEach-Object { $null = $table.Rows.Add($_ / 2, 40 - $_, $_ -lt 12) }
$model = New-Mlp -Data $table -Target Sell
$epochs = Start-MlpTraining $model -Data $table -Epoch 100
Invoke-Mlp $model -InputObject $table | Select-Object -First 1 Amount, Age, Sell, Prediction

# A database

$reader = $table.CreateDataReader()
$model = New-Mlp -Data $reader -Target Sell
$epochs = Start-MlpTraining $model -Data $table.CreateDataReader() -Epoch 100
(Measure-Mlp $model -Data $table.CreateDataReader()).Accuracy

# Excel rows

$sheet = 0..20 | ForEach-Object { [pscustomobject]@{ Day = 45292 + $_; Region = ('North', 'South')[$_ % 2]; Sales = 100 + 3 * $_ } }
try { $sheet | New-Mlp -Target Sales -Categorical Region -Date Day } catch { "$_"; $_.ErrorDetails.RecommendedAction }
$rows = $sheet | Select-Object @{ n = 'Day'; e = { [datetime]::FromOADate($_.Day) } }, Region, Sales
$model = $rows | New-Mlp -Target Sales -Categorical Region
$epochs = $rows | Start-MlpTraining $model -Epoch 100
$model.Schema.Features | Select-Object Name, Kind

# The event log

$events = 0..59 | ForEach-Object {
    [pscustomobject]@{
        TimeCreated = [datetime]::new(2024, 6, 3).AddMinutes(50 * $_)
        ProviderName = ('Disk', 'DNS', 'Time')[$_ % 3]
        LevelDisplayName = ('Error', 'Information', 'Information')[$_ % 3]
    }
}
$model = $events | New-Mlp -Target LevelDisplayName -Categorical ProviderName
$epochs = $events | Start-MlpTraining $model -Epoch 60
($events | Measure-Mlp $model).Accuracy
Remove-Item $folder -Recurse

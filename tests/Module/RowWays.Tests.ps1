# The same rows give the same model and the same figures, whichever way they come, and whatever the session's culture.

BeforeDiscovery {
    $script:ways = 'the pipeline', '-Data', '-Path', 'a DataTable', 'a data reader', 'hashtables', 'a job', 'remoting', 'JSON'
    $script:uses = 'New-Mlp', 'Start-MlpTraining', 'Measure-Mlp', 'Invoke-Mlp', 'Measure-MlpFeature', 'Find-MlpLearningRate'
    $script:cases = foreach ($culture in 'en-US', 'de-DE') {
        foreach ($way in $ways) {
            foreach ($use in $uses) { @{ Culture = $culture; Way = $way; Use = $use } }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:rows = 0..23 | ForEach-Object {
        [pscustomobject]@{ Size = 0.5 + 1.25 * ($_ % 9); Kind = ('ant', 'bee', 'cow')[$_ % 3]; Open = [bool]($_ % 2); Day = [datetime]::new(2024, 1, 1).AddDays(3 * $_); Class = ('no', 'yes')[[int]($_ % 9 -gt 4)] }
    }
    $script:file = "$TestDrive/rows.csv"
    $rows | Select-Object Size, Kind, Open, @{ n = 'Day'; e = { $_.Day.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture) } }, Class | Export-Csv $file
    $script:table = [System.Data.DataTable]::new()
    $null = $table.Columns.Add('Size', [double]), $table.Columns.Add('Kind'), $table.Columns.Add('Open', [bool]), $table.Columns.Add('Day', [datetime]), $table.Columns.Add('Class')
    foreach ($row in $rows) { $null = $table.Rows.Add($row.Size, $row.Kind, $row.Open, $row.Day, $row.Class) }
    $script:ofJob = Start-ThreadJob { $using:rows } | Receive-Job -Wait -AutoRemoveJob
    $script:elsewhere = $rows | Select-Object *, @{ n = 'PSComputerName'; e = { 'far' } }, @{ n = 'RunspaceId'; e = { [guid]::NewGuid() } }, @{ n = 'PSShowComputerName'; e = { $true } }
    $script:remote = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($elsewhere))

    # Runs a command on rows that come in one of the ways.
    function Invoke-Way([string] $Way, [string] $Use, [hashtable] $Given) {
        switch ($Way) {
            'the pipeline' { $rows | & $Use @Given }
            '-Data' { & $Use @Given -Data $rows }
            '-Path' { & $Use @Given -Path $file }
            'a DataTable' { & $Use @Given -Data $table }
            'a data reader' { & $Use @Given -Data $table.CreateDataReader() }
            'hashtables' { $rows | ForEach-Object { [ordered]@{ Size = $_.Size; Kind = $_.Kind; Open = $_.Open; Day = $_.Day; Class = $_.Class } } | & $Use @Given }
            'a job' { $ofJob | & $Use @Given }
            'remoting' { $remote | & $Use @Given }
            'JSON' { $rows | ConvertTo-Json | ConvertFrom-Json | & $Use @Given }
        }
    }

    # What tells the result of a command from another, without what differs by clock.
    function Get-Mark([string] $Use, [string] $Way) {
        $columns = @{ Target = 'Class'; Categorical = 'Kind'; Date = 'Day'; Feature = 'Size', 'Kind', 'Open', 'Day' }
        $trained = $rows | New-Mlp @columns
        $null = $rows | Start-MlpTraining $trained -Epoch 3
        switch ($Use) {
            'New-Mlp' {
                $model = Invoke-Way -Way $Way -Use $Use -Given $columns
                "$($model.Sizes) $($model.Classes) $($model.Schema.Features.Kind) $($model.Schema.Features[1].Categories)"
            }
            'Start-MlpTraining' {
                $model = $rows | New-Mlp @columns
                (Invoke-Way -Way $Way -Use $Use -Given @{ Model = $model; Epoch = 3 }).Loss + $model.Parameters.Data | ForEach-Object { "$_" }
            }
            'Measure-Mlp' { (Invoke-Way -Way $Way -Use $Use -Given @{ Model = $trained }) | ForEach-Object { "$($_.Count) $($_.Loss) $($_.Accuracy)" } }
            'Invoke-Mlp' { (Invoke-Way -Way $Way -Use $Use -Given @{ Model = $trained }) | ForEach-Object { "$($_.Kind) $($_.Class) $($_.Prediction) $($_.Probability)" } }
            'Measure-MlpFeature' { (Invoke-Way -Way $Way -Use $Use -Given @{ Model = $trained }) | ForEach-Object { "$($_.Feature) $($_.Importance)" } }
            'Find-MlpLearningRate' { (Invoke-Way -Way $Way -Use $Use -Given @{ Model = $trained }) | ForEach-Object { "$($_.LearningRate) $($_.Loss)" } }
        }
    }

    $script:expected = @{}
    foreach ($use in 'New-Mlp', 'Start-MlpTraining', 'Measure-Mlp', 'Invoke-Mlp', 'Measure-MlpFeature', 'Find-MlpLearningRate') {
        $expected[$use] = (Get-Mark $use 'the pipeline') -join "`n"
    }
}

Describe 'Rows by any way' {
    BeforeEach { $script:before = [cultureinfo]::CurrentCulture }
    AfterEach { [cultureinfo]::CurrentCulture = $before }

    It 'are the same to <Use> by <Way> in a session of <Culture>' -ForEach $cases {
        [cultureinfo]::CurrentCulture = $Culture
        $mark = (Get-Mark $Use $Way) -join "`n"
        $mark | Should -Not -BeNullOrEmpty
        $mark | Should -BeExactly $expected[$Use]
    }

    It 'are completed by their own columns and no others: <Name>' -ForEach @(
        @{ Name = 'objects'; Line = '$completed | New-Mlp -Target '; Set = { $rows } }
        @{ Name = 'a DataTable'; Line = '$completed | New-Mlp -Target '; Set = { , $table } }
        @{ Name = 'its rows'; Line = '$completed | Start-MlpTraining $m -Target '; Set = { $table.Rows } }
        @{ Name = 'a data reader'; Line = 'New-Mlp -Data $completed -Target '; Set = { , $table.CreateDataReader() } }
        @{ Name = 'what a job brings'; Line = '$completed | New-Mlp -Feature '; Set = { $remote } }
        @{ Name = 'an argument'; Line = 'New-Mlp -Data $completed -Categorical '; Set = { $ofJob } }
    ) {
        Set-Variable completed (& $Set) -Scope Global
        try {
            $found = (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
            $found | Should -BeExactly 'Size', 'Kind', 'Open', 'Day', 'Class'
            if ($completed -is [System.Data.IDataReader]) {
                (New-Mlp -Data $completed -Target Size -Feature Open -Verbose 4>&1)[0] | Should -BeLike '24 rows*'
            }
        } finally {
            Remove-Variable completed -Scope Global
        }
    }
}

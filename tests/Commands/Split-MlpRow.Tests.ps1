BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    # Ten hosts; seven of ten rows are of class a, two of b, one of c.
    $script:rows = 0..99 | ForEach-Object {
        [pscustomobject]@{ Id = $_; Host = "h$([math]::Floor($_ / 10))"; Class = ('a', 'a', 'a', 'a', 'a', 'a', 'a', 'b', 'b', 'c')[$_ % 10] }
    }
}

Describe 'Split-MlpRow' {
    It 'gives each row to one part, in exact counts and in the rows'' order' {
        $train, $test = $rows | Split-MlpRow -Fraction 0.8
        $train.Count, $test.Count | Should -Be 80, 20
        @($train.Id) + @($test.Id) | Sort-Object | Should -Be (0..99)
        $train.Id | Should -Be ($train.Id | Sort-Object)
    }

    It 'makes any number of parts, and one of the rest' {
        $parts = @($rows | Split-MlpRow 0.5, 0.2, 0.1)
        $parts.ForEach({ $_.Count }) | Should -Be 50, 20, 10, 20
        @($rows | Split-MlpRow 0.6, 0.3, 0.1).ForEach({ $_.Count }) | Should -Be 60, 30, 10
    }

    It 'gives the same parts for the same seed, and others for another' {
        $first = @($rows | Split-MlpRow 0.5 -Seed 7)
        @($rows | Split-MlpRow 0.5 -Seed 7)[0].Id | Should -Be $first[0].Id
        @($rows | Split-MlpRow 0.5 -Seed 8)[0].Id | Should -Not -Be $first[0].Id
    }

    It 'gives each part its share of each class' {
        $parts = @($rows | Split-MlpRow 0.8, 0.2 -Stratify Class)
        @($parts[0] | Group-Object Class | Sort-Object Name).ForEach({ $_.Count }) | Should -Be 56, 16, 8
        @($parts[1] | Group-Object Class | Sort-Object Name).ForEach({ $_.Count }) | Should -Be 14, 4, 2
    }

    It 'keeps groups whole' {
        $parts = @($rows | Split-MlpRow 0.7 -GroupColumn Host)
        $parts.ForEach({ $_.Count }) | Should -Be 70, 30
        @($parts[0].Host | Where-Object { $_ -in $parts[1].Host }) | Should -BeNullOrEmpty
    }

    It 'keeps the order' {
        $before, $after = $rows | Split-MlpRow 0.75 -Ordered
        $before.Id | Should -Be (0..74)
        $after.Id | Should -Be (75..99)
    }

    It 'takes dictionaries, numbers and tables' {
        @(@{ A = 1 }, @{ A = 2 } | Split-MlpRow 0.5).ForEach({ $_.Count }) | Should -Be 1, 1
        $numbers = @(, @((1, 2), (3, 4), (5, 6), (7, 8)) | Split-MlpRow 0.5)
        $numbers[0].Count | Should -Be 2
        $numbers[0][0] | Should -HaveCount 2
        $table = [Data.DataTable]::new()
        $null = $table.Columns.Add('A')
        foreach ($i in 1..4) { $null = $table.Rows.Add("$i") }
        $parts = @(Split-MlpRow 0.25 -InputObject $table -Ordered)
        $parts[1].A | Should -Be '2', '3', '4'
        $reader = $table.CreateDataReader()
        @(Split-MlpRow 0.5 -InputObject $reader -Ordered)[0].A | Should -Be '1', '2'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'fractions above 1'; Given = @{ Fraction = 0.8, 0.4 }; Id = 'InvalidFraction' }
        @{ Name = 'a fraction of 0'; Given = @{ Fraction = 0 }; Id = 'InvalidFraction' }
        @{ Name = 'a part without a row'; Given = @{ Fraction = 0.001 }; Id = 'InvalidFraction' }
        @{ Name = 'a column that is not there'; Given = @{ Fraction = 0.5; Stratify = 'Kind' }; Id = 'MissingFeature' }
        @{ Name = 'fewer groups than parts'; Given = @{ Fraction = (, 0.05 * 20); GroupColumn = 'Host' }; Id = 'TooFewGroups' }
        @{ Name = 'a wrong seed'; Given = @{ Fraction = 0.5; Seed = -1 }; Id = 'InvalidSeed' }
    ) {
        { $rows | Split-MlpRow @Given } | Should -Throw -ErrorId "$Id,*"
    }

    It 'refuses no rows, and reports a row that is none' {
        { @() | Split-MlpRow 0.5 } | Should -Throw -ErrorId 'EmptyData,*'
        $null = @($rows[0]) + $null + @($rows[1]) | Split-MlpRow 0.5 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -BeLike 'InvalidRow,*'
    }
}

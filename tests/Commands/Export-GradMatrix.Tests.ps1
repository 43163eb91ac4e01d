BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    Push-Location $TestDrive
}

AfterAll { Pop-Location }

Describe 'Export-GradMatrix' {
    It 'writes all matrices to one file, which Import-GradMatrix reads' {
        $matrices = (New-GradMatrix 2 3 -Label W -Seed 1), (New-GradMatrix 4 1 -Label out -Seed 2)
        $matrices | Export-GradMatrix two.safetensors | Should -BeNullOrEmpty
        $read = Import-GradMatrix two.safetensors
        $read.Label | Should -BeExactly 'W', 'out'
        $read.Values.Data | Should -BeExactly $matrices.Values.Data
    }

    It 'writes the layout that other programs read' {
        [MicroGrad.GradMatrix]::new(((1, 2), (3, 4)), 'a') | Export-GradMatrix layout.safetensors
        $bytes = [IO.File]::ReadAllBytes("$TestDrive/layout.safetensors")
        $length = [BitConverter]::ToInt64($bytes, 0)
        $header = [Text.Encoding]::UTF8.GetString($bytes, 8, $length) | ConvertFrom-Json
        $header.a.dtype, $header.a.shape, $header.a.data_offsets | ForEach-Object { $_ } | Should -BeExactly 'F64', 2, 2, 0, 32
        0..3 | ForEach-Object { [BitConverter]::ToDouble($bytes, 8 + $length + 8 * $_) } | Should -BeExactly 1, 2, 3, 4
    }

    It 'replaces a file with -Force alone, and emits it with -PassThru' {
        $m = New-GradMatrix 1 1 -Label m
        $m | Export-GradMatrix -LiteralPath '[1].safetensors' -PassThru | Should -BeOfType IO.FileInfo
        { $m | Export-GradMatrix -LiteralPath '[1].safetensors' } | Should -Throw -ErrorId 'FileExists,MicroGrad.PowerShell.Commands.ExportGradMatrixCommand'
        Export-GradMatrix -LiteralPath '[1].safetensors' $m -Force
        $m | Export-GradMatrix none.safetensors -WhatIf
        Test-Path none.safetensors | Should -BeFalse
    }

    It 'refuses <Name> with <Id>, and writes nothing' -ForEach @(
        @{ Name = 'a matrix without a label'; Id = 'LabelMissing'; Do = { New-GradMatrix 1 1 | Export-GradMatrix new.safetensors } }
        @{ Name = 'two of one label'; Id = 'DuplicateLabel'; Do = { (New-GradMatrix 1 1 -Label a), (New-GradMatrix 1 1 -Label a) | Export-GradMatrix new.safetensors } }
        @{ Name = 'another extension'; Id = 'UnknownFormat'; Do = { New-GradMatrix 1 1 -Label a | Export-GradMatrix new.json } }
        @{ Name = 'a number that is not finite'; Id = 'NotFinite'; Do = { $m = New-GradMatrix 1 1 -Label a; $m[0, 0].Data = [double]::NaN; $m | Export-GradMatrix new.safetensors } }
    ) {
        $Do | Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.ExportGradMatrixCommand"
        Get-ChildItem new.* | Should -BeNullOrEmpty
    }
}

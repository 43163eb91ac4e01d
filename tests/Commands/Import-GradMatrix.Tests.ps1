BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    Push-Location $TestDrive
    (New-GradMatrix 2 3 -Label W -Seed 1), (New-GradMatrix 1 2 -Label b -Seed 2) | Export-GradMatrix matrices.safetensors
}

AfterAll { Pop-Location }

Describe 'Import-GradMatrix' {
    It 'gives the matrices by their labels, as leaves' {
        $w, $b = Import-GradMatrix *.safetensors
        $w.Label, $w.RowCount, $w.ColumnCount | Should -BeExactly 'W', 2, 3
        $b[0, 1].Label | Should -BeExactly 'b[1,2]'
        $w.Values.IsLeaf | Sort-Object -Unique | Should -BeTrue
        $w.Values.Data | Should -BeExactly (New-GradMatrix 2 3 -Seed 1).Values.Data
    }

    It 'reads the layers of a model, a bias as a matrix of one row' {
        $model = New-Mlp 2 3, 1 -Seed 4
        Export-Mlp model.safetensors $model
        $read = Get-Item model.safetensors | Import-GradMatrix
        $read.Label | Should -BeExactly 'layers.0.weight', 'layers.0.bias', 'layers.1.weight', 'layers.1.bias'
        $read[0][1].Data | Should -BeExactly $model.Layers[0].Neurons[1].Weights.Data
        $read[1].RowCount, $read[1].ColumnCount | Should -BeExactly 1, 3
    }

    It 'reports <Name> with <Id>, and goes on' -ForEach @(
        @{ Name = 'a file that is not there'; Id = 'PathNotFound'; File = 'none.safetensors' }
        @{ Name = 'another extension'; Id = 'UnknownFormat'; File = 'text.txt' }
        @{ Name = 'a file that is something else'; Id = 'InvalidModelFile'; File = 'wrong.safetensors' }
    ) {
        Set-Content text.txt text
        Set-Content wrong.safetensors ('text' * 10)
        $read = $File, 'matrices.safetensors' | Import-GradMatrix -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,MicroGrad.PowerShell.Commands.ImportGradMatrixCommand"
        $read.Label | Should -BeExactly 'W', 'b'
    }
}

# What tests that compare with tests/reference share.

function Get-Reference {
    param([Parameter(Mandatory)] [string] $Name)

    Get-Content -Raw "$PSScriptRoot/reference/$Name.json" | ConvertFrom-Json
}

# The numbers of matrices and vectors in the order of a model's parameters: each neuron's weights, then its bias.
function Get-ReferenceParameter {
    param([Parameter(Mandatory)] [object[]] $Layer)

    for ($l = 0; $l -lt $Layer.Count; $l += 2) {
        for ($n = 0; $n -lt $Layer[$l].Count; $n++) {
            $Layer[$l][$n]
            $Layer[$l + 1][$n]
        }
    }
}

# The largest distance between two lists, each relative to the larger of 1 and the expected figure; 0 for the same numbers.
function Get-LargestError {
    param(
        [Parameter(Mandatory)] [double[]] $Actual,
        [Parameter(Mandatory)] [double[]] $Expected,
        [switch] $Relative
    )

    if ($Actual.Count -ne $Expected.Count) {
        throw "There are $($Actual.Count) figures where $($Expected.Count) are expected."
    }
    $largest = 0.0
    for ($i = 0; $i -lt $Actual.Count; $i++) {
        $scale = $Relative ? [math]::Abs($Expected[$i]) : [math]::Max(1.0, [math]::Abs($Expected[$i]))
        $distance = [math]::Abs($Actual[$i] - $Expected[$i]) / $scale
        if (-not [double]::IsFinite($distance)) {
            throw "Figure $i is $($Actual[$i]) where $($Expected[$i]) is expected."
        }
        $largest = [math]::Max($largest, $distance)
    }
    $largest
}

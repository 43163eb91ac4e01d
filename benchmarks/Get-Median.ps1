# The middle value; of an even number, the mean of the two in the middle.
function Get-Median {
    param([double[]] $Value)
    $sorted = @($Value | Sort-Object)
    $half = [Math]::DivRem($sorted.Count - 1, 2)
    ($sorted[$half.Item1] + $sorted[$half.Item1 + $half.Item2]) / 2
}

using System.Management.Automation;
using MicroGrad.Networks;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Makes a matrix of leaves, drawn from the normal distribution.</summary>
[Cmdlet(VerbsCommon.New, "GradMatrix")]
[OutputType(typeof(GradMatrix))]
public sealed class NewGradMatrixCommand : CancellableCommand
{
    /// <summary>How many rows: one for each result of matrix times vector.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [WholeNumber]
    public int RowCount { get; set; }

    /// <summary>How many columns: as many as the vectors that it multiplies are long.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [WholeNumber]
    public int ColumnCount { get; set; }

    /// <summary>The standard deviation of the draws, whose mean is 0; 0 for a matrix of zeros.</summary>
    [Parameter]
    [Number]
    public double Deviation { get; set; } = 1;

    /// <summary>A whole number from 0 on, or a generator to draw on from.</summary>
    [Parameter]
    public object Seed { get; set; } = 1;

    /// <summary>The matrix's name; its values are called after it, such as W[2,3].</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var random = this.OrThrow(() => SeedArgument.ToGenerator(Seed, seed => new PythonRandom(seed)), Seed);
        WriteObject(this.OrThrow(() => MatrixDraw.Draw(RowCount, ColumnCount, Deviation, random, string.IsNullOrEmpty(Label) ? null : Label, StopToken)));
    }
}

using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.Datasets;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Makes the rows of a well-known data set: columns X1, X2, … and Label.</summary>
[Cmdlet(VerbsCommon.New, "GradDataset")]
[OutputType(typeof(PSObject))]
public sealed class NewGradDatasetCommand : CancellableCommand
{
    /// <summary>The data set.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Choice]
    public DatasetKind Kind { get; set; }

    /// <summary>How many rows; without it 100, or the four of Xor and Lecture.</summary>
    [Parameter(Position = 1)]
    public object? Count { get; set; }

    /// <summary>The standard deviation of the noise on each coordinate (for Blobs: of each cloud).</summary>
    [Parameter]
    [Number]
    public double Noise { get; set; }

    /// <summary>A whole number from 0 on (from 1 for YinYang), or a generator to draw on from.</summary>
    [Parameter]
    public object Seed { get; set; } = 1;

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(
        () =>
        {
            int? count = IsGiven(nameof(Count)) ? ReadCount(Count) : null;
            var random = SeedArgument.ToGenerator(Seed, seed => DatasetGenerator.Generator(Kind, seed));
            foreach (var point in DatasetGenerator.Create(Kind, count, Given(nameof(Noise), Noise), random, StopToken))
            {
                WriteObject(ToRow(point));
            }
        },
        Kind);

    /// <remarks>PowerShell would round 2.5 to 2 on its way to an integer.</remarks>
    private static int ReadCount(object? argument) =>
        Cell.TryNumber(Wrapped.Unwrap(argument), out var number)
            && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : throw new GradException("InvalidCount", $"The count is {argument ?? "empty"}; give a whole number of rows, at least 1.");

    private static PSObject ToRow(LabelledPoint point)
    {
        var row = new PSObject();
        for (var i = 0; i < point.X.Length; i++)
        {
            row.Properties.Add(new PSNoteProperty($"X{i + 1}", point.X[i]));
        }

        row.Properties.Add(new PSNoteProperty("Label", (int)point.Label));
        if (point.Set is not null)
        {
            row.Properties.Add(new PSNoteProperty("Set", point.Set));
        }

        return row;
    }
}

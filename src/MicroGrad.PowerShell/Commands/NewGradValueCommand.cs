using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Makes leaves of a graph from numbers or numeric text.</summary>
[Cmdlet(VerbsCommon.New, "GradValue")]
[OutputType(typeof(GradValue))]
public sealed class NewGradValueCommand : CancellableCommand
{
    private int _count;

    /// <summary>The numbers, or text that reads as numbers in the invariant culture.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    public object[] Data { get; set; } = [];

    /// <summary>The labels, the first for the first number and so on; numbers beyond the last label have none.</summary>
    [Parameter(Position = 1)]
    [AllowEmptyString]
    public string[] Label { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var element in Data ?? [null!])
        {
            var number = Wrapped.Unwrap(element);
            var label = _count < Label?.Length && Label[_count] is { Length: > 0 } given ? given : null;
            _count++;
            if (Cell.TryNumber(number, out var data))
            {
                WriteObject(new GradValue(data, label));
                continue;
            }

            var shown = Cell.IsMissing(number) ? "nothing" : $"'{number}'";
            this.Report(
                new GradException(
                    "NotANumber",
                    $"{shown} was given where a number is expected. Give numbers, or text with a decimal point such as 1.5."),
                element);
        }
    }
}

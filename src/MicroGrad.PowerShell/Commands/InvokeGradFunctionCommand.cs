using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Scripts;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Evaluates a compiled function at rows: numbers, lists of numbers, or objects with a column for each parameter.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GradFunction")]
[OutputType(typeof(double), typeof(GradFunctionValue))]
public sealed class InvokeGradFunctionCommand : CancellableCommand
{
    private GradFunction _function = null!;
    private PointReader _reader = null!;

    /// <summary>The function, or a script block to compile first.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Function { get; set; } = null!;

    /// <summary>The rows: numbers, arrays of numbers, objects or hashtables.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object InputObject { get; set; } = null!;

    /// <summary>Gives point, value and gradient for each row, instead of the value alone.</summary>
    [Parameter]
    public SwitchParameter Gradient { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _function = this.OrThrow(() => ScriptBlockFunction.Require(Function, StopToken), Function);
        _reader = new PointReader(_function);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var row in _reader.RowsOf(InputObject))
        {
            this.OrReport(() => Evaluate(_reader.Read(row)), row);
        }
    }

    private void Evaluate(double[] point)
    {
        if (Gradient)
        {
            var gradient = new double[point.Length];
            WriteObject(new GradFunctionValue(point, _function.Evaluate(point, gradient, StopToken), gradient));
        }
        else
        {
            WriteObject(_function.Invoke(point, StopToken));
        }
    }
}

using System.Collections;
using System.Management.Automation;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Scripts;

namespace MicroGrad.PowerShell.Commands;

/// <summary>
/// Compiles a script block over values: it is called once with symbolic values, and what it does to them becomes machine
/// code for value, gradient and second derivatives. A block that branches on a value's data is refused.
/// </summary>
[Cmdlet(VerbsCommon.New, "GradFunction")]
[OutputType(typeof(GradFunction))]
public sealed class NewGradFunctionCommand : CancellableCommand
{
    /// <summary>The function: a script block with a param block, which ends in one value.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>The lengths of parameters that are lists, by name: a number, or rows and columns.</summary>
    [Parameter]
    public IDictionary? Length { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        this.OrReport(() => WriteObject(ScriptBlockFunction.Compile(ScriptBlock, Length, StopToken)), ScriptBlock);
}

using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;

namespace MicroGrad.PowerShell.Commands;

/// <summary>What cmdlets share that take a model, then rows for it.</summary>
public abstract class ModelOverRowsCommand : ModelRowsFileCommand
{
    /// <summary>The model.</summary>
    [Parameter(Position = 0)]
    [Model]
    public virtual Mlp Model { get; set; } = null!;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = RowsSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public override object InputObject { get; set; } = null!;

    private protected override Mlp? RowModel => Model;

    /// <inheritdoc/>
    protected override void BeginProcessing() => RequireModel();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RequireModel(InputObject);
        base.ProcessRecord();
    }
}

using System.Management.Automation;

namespace MicroGrad.PowerShell.Commands;

/// <summary>What cmdlets share that take a model, then rows for it.</summary>
public abstract class ModelOverRowsCommand : ModelRowsFileCommand
{
    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public virtual Mlp Model { get; set; } = null!;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = RowsSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public override object InputObject { get; set; } = null!;

    private protected override Mlp? RowModel => Model;
}

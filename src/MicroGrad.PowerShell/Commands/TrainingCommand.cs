using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;

namespace MicroGrad.PowerShell.Commands;

/// <summary>What cmdlets share that train a model, or a copy of it, on rows.</summary>
public abstract class TrainingCommand : ModelOverRowsCommand
{
    /// <summary>Brings numeric features and targets to mean 0 and deviation 1 over the training rows.</summary>
    [Parameter]
    public SwitchParameter Standardize { get; set; }

    /// <summary>Rows in a step; 0 for all at once.</summary>
    [Parameter]
    [WholeNumber]
    public int BatchSize { get; set; } = 32;

    /// <summary>The rule by which parameters move.</summary>
    [Parameter]
    [Choice]
    public OptimizerKind Optimizer { get; set; } = OptimizerKind.Adam;

    /// <summary>A whole number from 0 on that decides the order of the rows and the validation rows.</summary>
    [Parameter]
    public object Seed { get; set; } = 1;
}

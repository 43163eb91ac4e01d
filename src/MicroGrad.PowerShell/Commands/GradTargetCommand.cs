using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Commands;

/// <summary>
/// What cmdlets over gradients share: values, lists of them, models and optimizers are collected and processed together.
/// </summary>
public abstract class GradTargetCommand : CancellableCommand
{
    private readonly List<object> _targets = [];

    /// <summary>A value, a model, an optimizer, or a list of these.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    /// <summary>Emits the same objects afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var element in GradTarget.Elements(InputObject))
        {
            this.OrReport(
                () =>
                {
                    Check(element);
                    _targets.Add(Wrapped.Unwrap(element)!);
                },
                element);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!this.OrReport(() => CheckTogether([.. _targets.SelectMany(GradTarget.Values)]), _targets))
        {
            return;
        }

        GradValue[] values = [.. _targets.OfType<GradValue>()];
        var isDone = this.OrReport(() => Process(values, values), values);
        foreach (var target in _targets)
        {
            if ((target is GradValue ? isDone : this.OrReport(() => Process(target, GradTarget.Values(target)), target)) && PassThru)
            {
                WriteObject(target);
            }
        }
    }

    /// <summary>Refuses an object that the cmdlet cannot process.</summary>
    private protected abstract void Check(object? target);

    /// <summary>Refuses all objects together, before one is processed.</summary>
    private protected virtual void CheckTogether(IReadOnlyList<GradValue> values)
    {
    }

    /// <summary>Processes all values that were given one by one or in lists, or a model, or an optimizer.</summary>
    /// <param name="target">The list of values, the model or the optimizer.</param>
    /// <param name="values">Its values.</param>
    private protected abstract void Process(object target, IReadOnlyList<GradValue> values);
}

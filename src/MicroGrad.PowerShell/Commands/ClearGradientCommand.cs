using System.Management.Automation;
using MicroGrad.Graphs;
using MicroGrad.PowerShell.Arguments;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Sets gradients to 0: of roots and all that they depend on, or of the parameters of a model or an optimizer.</summary>
[Cmdlet(VerbsCommon.Clear, "Gradient")]
[OutputType(typeof(GradValue), typeof(GradMatrix), typeof(Mlp), typeof(GradOptimizer))]
public sealed class ClearGradientCommand : GradTargetCommand
{
    private protected override void Check(object? target) => GradTarget.Values(target);

    private protected override void Process(object target, IReadOnlyList<GradValue> values) => Backpropagation.Clear(values, StopToken);
}

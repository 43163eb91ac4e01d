using System.Management.Automation;
using MicroGrad.Generators;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Makes a seeded generator that draws what Python, NumPy or EurekaLabs' micrograd would.</summary>
[Cmdlet(VerbsCommon.New, "GradRandom")]
[OutputType(typeof(PythonRandom), typeof(NumPyRandom), typeof(XorShiftStar))]
public sealed class NewGradRandomCommand : CancellableCommand
{
    /// <summary>Whose draws to repeat.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Choice]
    public RandomKind Kind { get; set; }

    /// <summary>A whole number from 0 on (from 1 for EurekaLabs).</summary>
    [Parameter(Position = 1)]
    public object Seed { get; set; } = 1;

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        WriteObject(this.OrThrow(() => Seeds.Generator(Kind, SeedArgument.ToNumber(Seed)), Seed));
}

using System.Runtime.CompilerServices;
using MicroGrad.Compilation;
using MicroGrad.Formulas;

namespace MicroGrad.Training;

/// <summary>A loss over single outputs, each against its own target.</summary>
internal abstract class ElementwiseLoss : Loss
{
    /// <summary>What one output costs, as instructions of a program.</summary>
    public abstract Term CompileCost(Term output, Term target);

    /// <summary>The derivative of that by the output.</summary>
    public abstract Term CompileDerivative(Term output, Term target);
}

/// <summary>A loss that is defined by a formula: the mean over all outputs of all rows, or their sum.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
/// <param name="encoding">What the targets are encoded as.</param>
/// <param name="isSum">Whether it is the sum.</param>
internal sealed class ElementwiseLoss<TFormula>(TargetEncoding encoding = TargetEncoding.Numbers, bool isSum = false) : ElementwiseLoss
    where TFormula : struct, ILossFormula
{
    public override TargetEncoding Encoding => encoding;

    public override Term CompileCost(Term output, Term target) => TFormula.Cost(output, target);

    public override Term CompileDerivative(Term output, Term target) => TFormula.Derivative(output, target);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Batch(LossBatch batch)
    {
        var outputs = batch.Outputs;
        var targets = batch.Targets;
        var gradients = batch.Gradients;
        var scale = Scale(batch);
        var sum = 0.0;
        for (int row = 0, i = 0; i < outputs.Length; row++)
        {
            var weight = batch.Weight(row);
            for (var end = i + batch.OutputCount; i < end; i++)
            {
                var (output, target) = (new ScalarReal(outputs[i]), new ScalarReal(targets[i]));
                sum += weight * TFormula.Cost(output, target).Number;
                gradients[i] = TFormula.Derivative(output, target).Number * (weight * scale);
            }
        }

        return sum * scale;
    }

    public override double Divisor(double totalWeight, int outputCount) => isSum ? 1 : totalWeight * outputCount;
}

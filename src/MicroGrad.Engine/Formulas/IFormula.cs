using MicroGrad.Operations;

namespace MicroGrad.Formulas;

/// <summary>
/// What an operation of one input computes, written once: <see cref="FormulaOperation{TFormula}"/> makes from it the value and
/// the derivative over doubles, over vectors, in compiled functions and in graphs of gradients.
/// </summary>
/// <typeparam name="TSelf">The formula itself.</typeparam>
internal interface IFormula<TSelf>
    where TSelf : struct, IFormula<TSelf>
{
    /// <summary>The operation that computes this.</summary>
    static abstract ElementwiseOperation Instance { get; }

    /// <summary>y = f(x).</summary>
    static abstract TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal>;

    /// <summary>dy/dx at <paramref name="x"/>, where <paramref name="y"/> is the value there.</summary>
    static abstract TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal>;

    /// <summary>A use of the chain rule in a batch: <paramref name="upstream"/> times the derivative.</summary>
    static virtual TReal Chain<TReal>(TReal x, TReal y, TReal upstream)
        where TReal : IReal<TReal> => upstream * TSelf.Derivative(x, y);
}

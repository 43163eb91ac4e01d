namespace MicroGrad.Formulas;

/// <summary>
/// What one output costs against its target, written once: <see cref="Training.ElementwiseLoss{TFormula}"/> makes from it a loss over
/// numbers, and its text in the language of pages.
/// </summary>
internal interface ILossFormula
{
    /// <summary>The cost of an output.</summary>
    static abstract TReal Cost<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal>;

    /// <summary>The derivative of the cost by the output.</summary>
    static abstract TReal Derivative<TReal>(TReal output, TReal target)
        where TReal : IReal<TReal>;
}

namespace MicroGrad.Formulas;

/// <summary>
/// A real number as a formula sees it: a double, the lanes of a vector, an instruction of a compiled function, or a node of a
/// graph. A formula that is written over it holds for all four.
/// </summary>
/// <remarks>
/// A function whose name tells its range is right in that range only, so that each machine can take its cheapest form. NaN
/// stays NaN, unless a summary says otherwise.
/// </remarks>
/// <typeparam name="TSelf">The number itself.</typeparam>
internal interface IReal<TSelf>
    where TSelf : IReal<TSelf>
{
    /// <summary>Whether it is in single precision, for which half the terms of a series are enough.</summary>
    static virtual bool IsSingle => false;

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator +(double a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator -(double a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator *(double a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf operator /(double a, TSelf b);

    static abstract TSelf operator -(TSelf a);

    /// <summary>A constant.</summary>
    TSelf Number(double number);

    /// <summary>This times b plus c, rounded once where that is possible.</summary>
    TSelf MultiplyAdd(TSelf b, TSelf c);

    /// <summary>x^2, as one node of a graph.</summary>
    TSelf Square();

    TSelf Abs();

    TSelf Sqrt();

    TSelf Exp();

    /// <summary>e^x for x up to 0.</summary>
    TSelf ExpOfNegative();

    /// <summary>e^x - 1 for x up to 0, with all digits near 0.</summary>
    TSelf Expm1OfNegative();

    /// <summary>The natural logarithm: minus infinity at 0, NaN below.</summary>
    TSelf Log();

    /// <summary>ln(1 + x) for x in [0, 1], with all digits near 0.</summary>
    TSelf Log1pOfFraction();

    TSelf Sin();

    TSelf Cos();

    TSelf Tanh();

    /// <summary>The larger of two numbers.</summary>
    TSelf Max(TSelf b);

    /// <summary>The larger of this and a number.</summary>
    TSelf AtLeast(double limit);

    /// <summary>The smaller of this and a number.</summary>
    TSelf AtMost(double limit);

    /// <summary>One of two values: the first where this is above a bound, the second elsewhere, also where this is NaN.</summary>
    TSelf IfAbove(double bound, TSelf then, TSelf otherwise);

    /// <summary>One of two values: the first where this is at most a bound, the second elsewhere, also where this is NaN.</summary>
    TSelf IfAtMost(double bound, TSelf then, TSelf otherwise);

    /// <summary>One of two values: the first where this is above a bound, the second where it is not, NaN where this is NaN.</summary>
    TSelf Choose(double bound, TSelf larger, TSelf otherwise);

    /// <summary>Another formula, as one node of a graph.</summary>
    TSelf Apply<TFormula>()
        where TFormula : struct, IFormula<TFormula>;

    /// <summary>The softmax e^xi / (e^x1 + … + e^xn), as one node of a graph each.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="shares">Receives a number for each input; may be the inputs' own place.</param>
    static virtual void Softmax(ReadOnlySpan<TSelf> x, Span<TSelf> shares) => Operations.Softmax.Of(x, shares);
}

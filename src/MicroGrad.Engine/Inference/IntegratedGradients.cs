namespace MicroGrad.Inference;

/// <summary>
/// What each input contributes to an answer: the integral of the answer's derivative by it along the straight line from a
/// baseline to the inputs, times the distance (Sundararajan, Taly and Yan, 2017). The contributions add up to the
/// difference of the answers at both ends.
/// </summary>
internal static class IntegratedGradients
{
    // How far the sum of a part's contributions may be from the difference of the answers at its ends, relative to the
    // larger of 1 and the answers.
    private const double Tolerance = 1e-10;

    // The rounding error of the answers at the ends of a part, however short. Without it, short parts beside a kink would
    // never be right, and would be halved as often as is allowed.
    private const double Rounding = 1e-14;

    // Parts are halved until they are exact enough. No part is at a kink, such as relu's; there, halving ends at parts too
    // short to matter.
    private const int MaximumDepth = 40;

    // Gauss and Legendre's rule of 8 points on [0, 1], exact for polynomials up to degree 15: Abramowitz and Stegun, 25.4.30.
    private static readonly (double Place, double Weight)[] Rule =
    [
        .. new[]
        {
            (0.1834346424956498, 0.3626837833783620), (0.5255324099163290, 0.3137066458778873),
            (0.7966664774136267, 0.2223810344533745), (0.9602898564975363, 0.1012285362903763),
        }.SelectMany(half => new[] { ((1 - half.Item1) / 2, half.Item2 / 2), ((1 + half.Item1) / 2, half.Item2 / 2) }),
    ];

    /// <summary>The contribution of each input.</summary>
    /// <param name="answer">The answer as a function of the inputs.</param>
    /// <param name="baseline">Where the line begins.</param>
    /// <param name="inputs">Where it ends.</param>
    /// <param name="stopping">Asked before each part.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static double[] Of(GradFunction answer, double[] baseline, double[] inputs, CancellationToken stopping = default)
    {
        var contributions = new double[inputs.Length];
        var parts = new Stack<Part>();
        parts.Push(new Part(0, 1, answer.Invoke(baseline, stopping), answer.Invoke(inputs, stopping), 0));
        while (parts.TryPop(out var part))
        {
            stopping.ThrowIfCancellationRequested();
            var own = Integrate(answer, baseline, inputs, part, stopping);
            var scale = Math.Max(1, Math.Max(Math.Abs(part.AnswerFrom), Math.Abs(part.AnswerTo)));
            var isRight = Math.Abs(own.Sum() - (part.AnswerTo - part.AnswerFrom)) <= (Tolerance * (part.To - part.From) + Rounding) * scale;
            if (isRight || part.Depth == MaximumDepth || !own.All(double.IsFinite))
            {
                for (var i = 0; i < own.Length; i++)
                {
                    contributions[i] += own[i];
                }

                continue;
            }

            var middle = (part.From + part.To) / 2;
            var value = answer.Invoke(At(baseline, inputs, middle), stopping);
            parts.Push(new Part(middle, part.To, value, part.AnswerTo, part.Depth + 1));
            parts.Push(new Part(part.From, middle, part.AnswerFrom, value, part.Depth + 1));
        }

        return contributions;
    }

    private static double[] Integrate(GradFunction answer, double[] baseline, double[] inputs, Part part, CancellationToken stopping)
    {
        var length = part.To - part.From;
        var gradients = answer.EvaluateMany([.. Rule.Select(point => At(baseline, inputs, part.From + point.Place * length))], stopping).Gradients;
        var sums = new double[inputs.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            for (var p = 0; p < Rule.Length; p++)
            {
                sums[i] += Rule[p].Weight * gradients[p][i];
            }

            sums[i] *= length * (inputs[i] - baseline[i]);
        }

        return sums;
    }

    private static double[] At(double[] baseline, double[] inputs, double share) =>
        [.. baseline.Zip(inputs, (from, to) => from + share * (to - from))];

    /// <summary>A part of the line, and the answers at its ends.</summary>
    private readonly record struct Part(double From, double To, double AnswerFrom, double AnswerTo, int Depth);
}

namespace MicroGrad.Benchmarks;

/// <summary>Losses compiled once, evaluated in each step.</summary>
internal sealed class CompiledWorkload
{
    private const double LectureRate = 0.05;

    private readonly LossFunction _loss;
    private readonly double[] _parameters;
    private readonly double[] _gradient;

    private CompiledWorkload(ScalarProblem problem)
    {
        var model = problem.CreateModel();
        _loss = LossFunction.Compile(model, problem.Inputs, problem.Targets, problem.Cost, problem.IsAverage);
        _parameters = model.CopyParameters();
        _gradient = new double[_parameters.Length];
    }

    /// <summary>Loss and gradient of the moons network; the step gives the loss, the result both as in the live graph.</summary>
    public static (Func<double> Step, Func<double> Result) Moons()
    {
        var workload = new CompiledWorkload(ScalarProblem.Moons);
        return (workload.Evaluate, () => workload.Evaluate() + Math.Sqrt(workload._gradient.Sum(g => g * g)));
    }

    /// <summary>Loss, gradient and a step down by it, of the lecture's network; gives the loss before the step.</summary>
    public static Func<double> Lecture()
    {
        var workload = new CompiledWorkload(ScalarProblem.Lecture);
        return () =>
        {
            var loss = workload.Evaluate();
            var (parameters, gradient) = (workload._parameters, workload._gradient);
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i] -= LectureRate * gradient[i];
            }

            return loss;
        };
    }

    private double Evaluate() => _loss.Evaluate(_parameters, _gradient);
}

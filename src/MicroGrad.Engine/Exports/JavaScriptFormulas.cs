using MicroGrad.Compilation;
using MicroGrad.Training;

namespace MicroGrad.Exports;

/// <summary>Activations and losses as JavaScript, for pages that train.</summary>
public static class JavaScriptFormulas
{
    /// <summary>
    /// A script that defines two tables by name. An entry of <c>activations</c> has a formula to show, value(x), and
    /// derivative(x, y) where y is the value at x; one of <c>elementwiseLosses</c> has cost(z, t) and derivative(z, t) of an output
    /// z and its target t.
    /// </summary>
    public static string Write()
    {
        var code = new CodeText();
        code.Block("const activations = {", () =>
        {
            foreach (var activation in Enum.GetValues<Activation>())
            {
                var operation = activation.Operation();
                code.Block($"{activation}: {{", () =>
                {
                    code.Add($"formula: {Language.Literal(activation.Formula())},");
                    AddFunction(code, "value", ["x"], terms => operation.Compile(terms[0]));
                    AddFunction(code, "derivative", ["x", "y"], terms => operation.CompileDerivative(terms[0], terms[1]));
                }, "},");
            }
        }, "};");
        code.Block("const elementwiseLosses = {", () =>
        {
            foreach (var kind in Enum.GetValues<LossKind>())
            {
                if (kind.Create() is ElementwiseLoss loss)
                {
                    code.Block($"{kind}: {{", () =>
                    {
                        AddFunction(code, "cost", ["z", "t"], terms => loss.CompileCost(terms[0], terms[1]));
                        AddFunction(code, "derivative", ["z", "t"], terms => loss.CompileDerivative(terms[0], terms[1]));
                    }, "},");
                }
            }
        }, "};");
        return code.ToString();
    }

    private static JavaScriptExport Language { get; } = new();

    private static void AddFunction(CodeText code, string name, string[] parameters, Func<Term[], Term> formula) =>
        code.Block($"{name}({string.Join(", ", parameters)}) {{", () =>
        {
            var program = new Program();
            program.Output(formula([.. parameters.Select((_, place) => program.Input(place))]));
            var text = ProgramText.Of(program, Language, place => parameters[place]);
            code.Add(text.Statements).Add($"return {text.Results[0]};");
        }, "},");
}

using MicroGrad.Compilation;

namespace MicroGrad.Exports;

/// <summary>All activations as JavaScript, for pages that train.</summary>
internal static class JavaScriptActivations
{
    /// <summary>
    /// A script that defines the table <c>activations</c>: by name a formula to show, value(x), and derivative(x, y) where y is
    /// the value at x.
    /// </summary>
    public static string Write()
    {
        var language = new JavaScriptExport();
        var code = new CodeText();
        code.Block("const activations = {", () =>
        {
            foreach (var activation in Enum.GetValues<Activation>())
            {
                var operation = activation.Operation();
                code.Block($"{activation}: {{", () =>
                {
                    code.Add($"formula: {language.Literal(activation.Formula())},");
                    AddFunction(code, language, "value(x)", program => operation.Compile(program.Input(0)));
                    AddFunction(code, language, "derivative(x, y)", program => operation.CompileDerivative(program.Input(0), program.Input(1)));
                }, "},");
            }
        }, "};");
        return code.ToString();
    }

    private static void AddFunction(CodeText code, JavaScriptExport language, string signature, Func<Program, Term> formula) =>
        code.Block($"{signature} {{", () =>
        {
            var program = new Program();
            program.Output(formula(program));
            var text = ProgramText.Of(program, language, place => place == 0 ? "x" : "y");
            code.Add(text.Statements).Add($"return {text.Results[0]};");
        }, "},");
}

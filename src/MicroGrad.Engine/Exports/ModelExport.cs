namespace MicroGrad.Exports;

/// <summary>Models as files of other programs and languages, which give the model's answers without this library.</summary>
public static class ModelExport
{
    /// <summary>An ONNX file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">What the graph in the file is called.</param>
    /// <param name="threshold">From which probability on the second of two classes, or a label, is decided for; null for the most probable.</param>
    /// <exception cref="GradException">The model can't be written so, or the threshold is none (ids of <see cref="InferencePlan.Of"/>).</exception>
    public static byte[] Onnx(Mlp model, string name, double? threshold = null) => OnnxExport.Write(InferencePlan.Of(model, threshold), name);

    /// <summary>A function in PowerShell's language.</summary>
    /// <inheritdoc cref="Onnx"/>
    public static byte[] PowerShell(Mlp model, string name, double? threshold = null) => PowerShellExport.Write(InferencePlan.Of(model, threshold), name);

    /// <summary>A class in C#.</summary>
    /// <inheritdoc cref="Onnx"/>
    public static byte[] CSharp(Mlp model, string name, double? threshold = null) => CSharpExport.Write(InferencePlan.Of(model, threshold), name);

    /// <summary>A module in JavaScript.</summary>
    /// <inheritdoc cref="Onnx"/>
    public static byte[] JavaScript(Mlp model, string name, double? threshold = null) => JavaScriptExport.Write(InferencePlan.Of(model, threshold), name);

    /// <summary>A module in Python.</summary>
    /// <inheritdoc cref="Onnx"/>
    public static byte[] Python(Mlp model, string name, double? threshold = null) => PythonExport.Write(InferencePlan.Of(model, threshold), name);
}

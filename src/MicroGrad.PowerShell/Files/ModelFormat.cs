using MicroGrad.Data;
using MicroGrad.Exports;
using MicroGrad.Persistence;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Files;

/// <summary>What a model is written as.</summary>
internal enum ModelFormat
{
    /// <summary>This module's own file, with everything that a model has.</summary>
    Json,

    /// <summary>The weights as PyTorch and others read them.</summary>
    Safetensors,

    /// <summary>A graph of operators, for the runtimes of ONNX.</summary>
    Onnx,

    /// <summary>A script with one function, which needs no module.</summary>
    PowerShell,

    /// <summary>A file with one static method.</summary>
    CSharp,

    /// <summary>A script with one function.</summary>
    JavaScript,

    /// <summary>A module with one function.</summary>
    Python,

    /// <summary>A page about the model, for people.</summary>
    Report,
}

/// <summary>How models are written and read.</summary>
internal static class ModelFormats
{
    // A number with all its digits and what stands between two; the text is built, and then encoded.
    private const int LettersOfNumber = 22;
    private const int CopiesOfText = 4;

    /// <summary>The content of a model's file; not for reports, which need more than the model.</summary>
    /// <param name="format">The format.</param>
    /// <param name="model">The model.</param>
    /// <param name="name">What code in the file is named after.</param>
    /// <param name="threshold">From which probability on the second of two classes, or a label, is the answer; null for the most probable.</param>
    /// <exception cref="GradException">The model can't be written so.</exception>
    public static byte[] Write(this ModelFormat format, Mlp model, string name, double? threshold = null)
    {
        RequireMemory(format, model.ParameterCount);
        return format switch
        {
            ModelFormat.Safetensors => SafetensorsFile.Write(model),
            ModelFormat.Onnx => ModelExport.Onnx(model, name, threshold),
            ModelFormat.PowerShell => ModelExport.PowerShell(model, name, threshold),
            ModelFormat.CSharp => ModelExport.CSharp(model, name, threshold),
            ModelFormat.JavaScript => ModelExport.JavaScript(model, name, threshold),
            ModelFormat.Python => ModelExport.Python(model, name, threshold),
            _ => ModelFile.Write(model),
        };
    }

    /// <summary>Refuses a file that does not fit the memory, in which it is made as a whole, or a list of bytes.</summary>
    private static void RequireMemory(ModelFormat format, int parameters)
    {
        var bytes = (long)parameters * (format is ModelFormat.Safetensors or ModelFormat.Onnx ? sizeof(double) : LettersOfNumber);
        MemoryBudget.Require(
            bytes, (double)CopiesOfText * bytes, "ModelTooLarge", $"A file of {parameters} parameters as {format} is made in memory, and takes");
    }

    /// <summary>The model in a file of any of the formats; of a checkpoint, the model in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="activations">The activations of another program's file.</param>
    /// <param name="layerOrder">The layers of such a file in their order, or empty.</param>
    /// <param name="stop">Cancels the reading.</param>
    /// <exception cref="GradException">
    /// The file is not right (ids <c>InvalidModelFile</c>, <c>UnknownFileVersion</c>, <c>ReadFailed</c> and those of <see cref="SafetensorsFile.Read"/>), or of a
    /// format that is only written (id <c>FormatNotRead</c>).
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Mlp Read(string path, GivenActivations activations, IReadOnlyList<string> layerOrder, CancellationToken stop)
    {
        // Any other extension is JSON, as a checkpoint may have any name.
        var format = FileFormats.Models.Find(path) ?? ModelFormat.Json;
        if (format is not (ModelFormat.Json or ModelFormat.Safetensors))
        {
            throw new GradException(
                "FormatNotRead",
                $"'{path}' is for other programs ({format}): a model is read from .json, .safetensors or a checkpoint. Write the model as .json too, and read that.");
        }

        if (format == ModelFormat.Safetensors)
        {
            var tensors = InputFile.ReadBytes(path, TensorFile.CheckBeginning, stop);
            return Stoppable.Run(() => SafetensorsFile.Read(tensors, activations, layerOrder), stop);
        }

        if (layerOrder.Count > 0)
        {
            throw new GradException("UnusedOption", "An order of layers was given, but the file tells the order itself.");
        }

        var content = InputFile.ReadBytes(path, FileBeginning.CheckJson, stop);
        var model = Stoppable.Run(() => CheckpointFile.IsCheckpoint(content) ? CheckpointFile.ReadModel(content) : ModelFile.Read(content), stop);
        activations.RequireAgreement(model);
        return model;
    }
}

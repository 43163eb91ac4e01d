using System.Text;
using MicroGrad.Persistence;

namespace MicroGrad.PowerShell.Files;

/// <summary>What a model is written as.</summary>
internal enum ModelFormat
{
    /// <summary>This module's own file, with everything that a model remembers.</summary>
    Json,

    /// <summary>The weights as PyTorch and others read them.</summary>
    Safetensors,
}

/// <summary>How models are written and read.</summary>
internal static class ModelFormats
{
    /// <summary>The content of a model's file.</summary>
    /// <exception cref="GradException">The model can't be written so.</exception>
    public static byte[] Write(this ModelFormat format, Mlp model) => format switch
    {
        ModelFormat.Safetensors => SafetensorsFile.Write(model),
        _ => ModelFile.Write(model),
    };

    /// <summary>The model in a file of any of the formats; of a checkpoint, the model in it.</summary>
    /// <exception cref="GradException">The file is not right (ids <c>InvalidModelFile</c>, <c>UnknownFileVersion</c>, <c>ReadFailed</c>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Mlp Read(string path, Activation activation, Activation outputActivation, CancellationToken stop)
    {
        // What is not named so is JSON: a checkpoint may have any name.
        if (Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            return SafetensorsFile.Read(InputFile.ReadBytes(path, _ => { }, stop), activation, outputActivation);
        }

        var content = InputFile.ReadBytes(path, RequireJson, stop);
        return CheckpointFile.IsCheckpoint(content) ? CheckpointFile.ReadModel(content) : ModelFile.Read(content);
    }

    /// <summary>Refuses what can't be JSON by its beginning, before all of a large file is read.</summary>
    private static void RequireJson(ReadOnlySpan<byte> beginning)
    {
        var text = beginning.StartsWith(Encoding.UTF8.Preamble) ? beginning[Encoding.UTF8.Preamble.Length..] : beginning;
        if (text.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            throw JsonText.Invalid("it does not begin as JSON does");
        }
    }
}

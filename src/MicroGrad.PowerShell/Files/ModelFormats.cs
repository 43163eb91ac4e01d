using MicroGrad.Persistence;

namespace MicroGrad.PowerShell.Files;

/// <summary>Which format a model's file has.</summary>
internal static class ModelFormats
{
    public static bool IsSafetensors(string path) =>
        Path.GetExtension(path).Equals(".safetensors", StringComparison.OrdinalIgnoreCase);

    /// <summary>The model in a file of any of the formats; of a checkpoint, the model in it.</summary>
    /// <exception cref="GradException">The file is not right (ids <c>InvalidModelFile</c>, <c>UnknownFileVersion</c>, <c>ReadFailed</c>).</exception>
    public static Mlp Read(string path, Activation activation, Activation outputActivation)
    {
        var content = InputFile.ReadBytes(path);
        if (IsSafetensors(path))
        {
            return SafetensorsFile.Read(content, activation, outputActivation);
        }

        return CheckpointFile.IsCheckpoint(content) ? CheckpointFile.ReadModel(content) : ModelFile.Read(content);
    }
}

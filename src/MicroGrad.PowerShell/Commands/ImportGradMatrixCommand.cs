using System.Management.Automation;
using MicroGrad.Persistence;
using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Reads the matrices of a safetensors file, of Export-GradMatrix or of another program.</summary>
[Cmdlet(VerbsData.Import, "GradMatrix", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GradMatrix))]
public sealed class ImportGradMatrixCommand : ImportFileCommand
{
    private protected override object Read(string file)
    {
        FileFormats.Matrices.Of(file);
        return MatrixFile.Read(InputFile.ReadBytes(file, TensorFile.CheckBeginning, StopToken));
    }
}

using System.Management.Automation;
using MicroGrad.Persistence;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Reads the matrices of a safetensors file, of Export-GradMatrix or of another program.</summary>
[Cmdlet(VerbsData.Import, "GradMatrix", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GradMatrix))]
public sealed class ImportGradMatrixCommand : ImportFileCommand
{
    private protected override object Read(string file)
    {
        FileFormats.Matrices.Of(file);
        var content = InputFile.ReadBytes(file, TensorFile.CheckBeginning, StopToken);
        return Stoppable.Run(() => MatrixFile.Read(content), StopToken);
    }
}

using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Commands;

/// <summary>What cmdlets share that take rows from the pipeline, from an argument or from a file.</summary>
public abstract class ModelRowsFileCommand : ModelRowsCommand
{
    /// <summary>Rows come through the pipeline.</summary>
    protected const string RowsSet = "Rows";

    /// <summary>Rows are an argument.</summary>
    protected const string DataSet = "Data";

    private PathArgument[] _paths = [];

    /// <summary>The rows: objects, hashtables, arrays of numbers, tables or data readers.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RowsSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public virtual object InputObject { get; set; } = null!;

    /// <summary>The rows, as an argument.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DataSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public virtual object Data { get; set; } = null!;

    /// <summary>A file of delimited text with the rows, its first line naming the columns.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public virtual string Path
    {
        get => PathArgument.Texts(_paths).FirstOrDefault(string.Empty);
        set => _paths = PathArgument.Patterns(value);
    }

    /// <summary>A file of delimited text with the rows, its name taken as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public virtual string LiteralPath
    {
        get => PathArgument.Texts(_paths).FirstOrDefault(string.Empty);
        set => _paths = PathArgument.Literals(value);
    }

    /// <summary>What stands between the cells of the file; without it, a comma.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Character]
    public virtual char Delimiter { get; set; } = ',';

    /// <summary>Whether rows come through the pipeline.</summary>
    private protected virtual bool ArePiped => ParameterSetName == RowsSet;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ArePiped)
        {
            Rows.Add(InputObject);
        }
    }

    /// <summary>Ends the command where no model was given and rows are there already: none will come through the pipeline.</summary>
    private protected void RequireModel()
    {
        if (!ArePiped || !MyInvocation.ExpectingInput)
        {
            RequireModel(null);
        }
    }

    /// <summary>The full path of the file with the rows; null where they come in another way.</summary>
    /// <exception cref="GradException">There is no such file (ids of <see cref="InputFile.Resolve"/>).</exception>
    private protected string? FindFile() => _paths is [var path] ? InputFile.Resolve(this, path) : null;

    /// <summary>Takes the rows of an argument or a file. Those of the pipeline come by themselves.</summary>
    /// <exception cref="GradException">Those of <see cref="RowCollector.AddFile"/>.</exception>
    private protected void AddOtherRows()
    {
        if (FindFile() is { } file)
        {
            Rows.AddFile(file, Delimiter);
        }
        else if (IsGiven(nameof(Data)))
        {
            Rows.Add(Data);
        }
    }
}

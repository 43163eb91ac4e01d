using System.Management.Automation;

namespace MicroGrad.PowerShell.Rows;

/// <summary>The properties of objects.</summary>
internal sealed class ObjectLayout : RowLayout
{
    // Properties that jobs and remoting add to objects.
    private static readonly string[] JobProperties = ["PSComputerName", "RunspaceId", "PSShowComputerName", "PSSourceJobInstanceId"];

    private static readonly string[] JobIds = ["RunspaceId", "PSSourceJobInstanceId"];

    // Properties that providers add to objects.
    private static readonly string[] ProviderProperties =
        ["PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "PSIsContainer"];

    private readonly OwnMembers? _members;
    private readonly Type _type;

    /// <param name="row">An object of the shape.</param>
    public ObjectLayout(object row)
        : this(row, OwnMembers.Of(row))
    {
    }

    private ObjectLayout(object row, OwnMembers? members)
        : base(members?.Names ?? [.. RowProperties.Of(row).Select(property => property.Name)])
    {
        _members = members;
        _type = TypeOf(row);
        Learnable = LearnableIn(row, Columns);
    }

    public override string[] Learnable { get; }

    public override object? CellOf(object row, int place) =>
        _members is not null ? _members.ValueAt(place) : RowProperties.Find(row, Columns[place])?.Value;

    public override bool Fits(object row) =>
        _members is not null ? _members.Fit(row)
        : TypeOf(row) == _type && (_type != typeof(PSCustomObject) || new ObjectLayout(row).Columns.SequenceEqual(Columns));

    private static Type TypeOf(object row) => (row is PSObject wrapped ? wrapped.ImmediateBaseObject : row).GetType();

    private static string[] LearnableIn(object row, string[] names)
    {
        if (names.Contains("PSProvider") && row is not PSObject { ImmediateBaseObject: PSCustomObject })
        {
            names = [.. names.Except(ProviderProperties)];
        }

        // A file may have columns of these names. An object of a job also has the id of a runspace or of the job.
        var isOfJob = Array.Exists(JobIds, id => names.Contains(id) && Wrapped.Unwrap(RowProperties.Find(row, id)?.Value) is Guid);
        return isOfJob ? [.. names.Except(JobProperties)] : names;
    }
}

using System.Management.Automation;
using System.Reflection;

namespace MicroGrad.PowerShell.Rows;

/// <summary>
/// Reads and copies the properties of rows. What Import-Csv and [pscustomobject] make is a list of members, but
/// PowerShell's public way to it asks type files and adapters too, and leaves five hidden members on every object: several
/// times the cost of the row itself. This goes to the list, where PowerShell has it as expected, and else the public way.
/// </summary>
internal static class RowProperties
{
    /// <summary>Set before the module is imported, this switch makes it take the public way alone.</summary>
    internal const string PublicWaySwitch = "MicroGrad.PublicWayToProperties";

    // The one of the hidden members that is a property.
    private const string HiddenProperty = "pstypenames";

    private static readonly Func<PSObject, PSMemberInfoCollection<PSMemberInfo>>? OwnMembers =
        Getter<PSMemberInfoCollection<PSMemberInfo>>("InstanceMembers");

    private static readonly Func<PSObject, IList<string>>? TypeNames = Getter<IList<string>>("InternalTypeNames");

    // Made with room for members, an object does not get them through a table of weak references.
    private static readonly ConstructorInvoker? WithCapacity =
        typeof(PSObject).GetConstructor([typeof(int)]) is { } constructor ? ConstructorInvoker.Create(constructor) : null;

    /// <summary>The property of that name, whatever its case, or null.</summary>
    public static PSPropertyInfo? Find(object row, string name)
    {
        var target = PSObject.AsPSObject(row);
        return OwnMembers is not null && target.ImmediateBaseObject is PSCustomObject && OwnMembers(target)[name] is PSPropertyInfo own
            ? own
            : target.Properties[name];
    }

    /// <summary>The properties that can be read, in order.</summary>
    public static IEnumerable<PSPropertyInfo> Of(object row) =>
        PSObject.AsPSObject(row).Properties.Where(property => property.IsGettable);

    /// <summary>An object without members, and room for some.</summary>
    public static PSObject NewObject(int capacity) =>
        WithCapacity is null ? new PSObject() : (PSObject)WithCapacity.Invoke(capacity);

    /// <summary>Reads the properties of many rows, most of which are of the kind of the first.</summary>
    internal sealed class Reader
    {
        private string[]? _typeNames;
        private bool _isFirst = true;

        /// <summary>As <see cref="RowProperties.Of"/>.</summary>
        public IEnumerable<PSPropertyInfo> Of(object row)
        {
            if (row is not PSObject { ImmediateBaseObject: PSCustomObject } target || OwnMembers is null || TypeNames is null)
            {
                return RowProperties.Of(row);
            }

            var typeNames = TypeNames(target);
            if (_isFirst)
            {
                _isFirst = false;

                // A type file may add properties to all objects of a type.
                var hasNoOther = RowProperties.Of(row).SequenceEqual(Own(target), ReferenceEqualityComparer.Instance);
                _typeNames = hasNoOther ? [.. typeNames] : null;
            }

            return _typeNames is not null && typeNames.SequenceEqual(_typeNames) ? Own(target) : RowProperties.Of(row);
        }

        private static IEnumerable<PSPropertyInfo> Own(PSObject row) =>
            OwnMembers!(row).OfType<PSPropertyInfo>().Where(property => property.IsGettable && property.Name != HiddenProperty);
    }

    private static Func<PSObject, T>? Getter<T>(string property) =>
        !(AppContext.TryGetSwitch(PublicWaySwitch, out var isOn) && isOn)
        && typeof(PSObject).GetProperty(property, BindingFlags.NonPublic | BindingFlags.Instance)?.GetMethod is { } getter
        && typeof(T).IsAssignableFrom(getter.ReturnType)
            ? getter.CreateDelegate<Func<PSObject, T>>()
            : null;
}

using System.Management.Automation;
using System.Reflection;

namespace MicroGrad.PowerShell.Rows;

/// <summary>
/// Reads and copies the properties of rows. The objects of Import-Csv and [pscustomobject] hold a list of members.
/// PowerShell's public access also looks into type files and adapters, and leaves five hidden members on every object, at several
/// times the cost of the row itself. This class reads the list where PowerShell has the expected one, and else uses the
/// public access.
/// </summary>
internal static class RowProperties
{
    /// <summary>With this switch, set before the module is imported, only the public access is used.</summary>
    internal const string PublicWaySwitch = "MicroGrad.PublicWayToProperties";

    // The one of the hidden members that is a property.
    private const string HiddenProperty = "pstypenames";

    private static readonly Func<PSObject, PSMemberInfoCollection<PSMemberInfo>>? OwnMembers =
        Getter<PSMemberInfoCollection<PSMemberInfo>>("InstanceMembers");

    private static readonly MemberAccess? Places = OwnMembers is null ? null : MemberAccess.Create();

    private static readonly Func<PSObject, IList<string>>? TypeNames = Getter<IList<string>>("InternalTypeNames");

    // An object made with a capacity for members does not keep them in a table of weak references.
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

    /// <summary>An object's own members by their places; null where PowerShell does not have the expected list.</summary>
    public static MemberList? MembersOf(PSObject row) => Places is null ? null : new MemberList(Places, OwnMembers!(row));

    /// <summary>The names of an object's types; null where PowerShell does not have the expected list.</summary>
    public static IList<string>? TypeNamesOf(PSObject row) => TypeNames?.Invoke(row);

    /// <summary>Whether a member is a hidden one that PowerShell adds to objects.</summary>
    public static bool IsHidden(PSMemberInfo member) => member.Name == HiddenProperty;

    /// <summary>The properties that can be read, in order.</summary>
    public static IEnumerable<PSPropertyInfo> Of(object row) =>
        PSObject.AsPSObject(row).Properties.Where(property => property.IsGettable);

    /// <summary>An object without members, and room for some.</summary>
    public static PSObject NewObject(int capacity) =>
        WithCapacity is null ? new PSObject() : (PSObject)WithCapacity.Invoke(capacity);

    /// <summary>The members of an object, by their places.</summary>
    internal readonly struct MemberList(MemberAccess access, PSMemberInfoCollection<PSMemberInfo> members)
    {
        public int Count => access.Count(members);

        public PSMemberInfo this[int place] => access.At(members, place);
    }

    /// <summary>Reads members by their places, which the public type of their collection does not allow.</summary>
    internal abstract class MemberAccess
    {
        /// <summary>The access; null where PowerShell's collection lacks what it needs.</summary>
        public static MemberAccess? Create()
        {
            var type = typeof(PSObject).GetProperty("InstanceMembers", BindingFlags.NonPublic | BindingFlags.Instance)!.PropertyType;
            var count = type.GetProperty("Count", BindingFlags.NonPublic | BindingFlags.Instance, null, typeof(int), [], null)?.GetMethod;
            var at = type.GetProperty("Item", BindingFlags.NonPublic | BindingFlags.Instance, null, typeof(PSMemberInfo), [typeof(int)], null)?.GetMethod;
            return count is null || at is null
                ? null
                : (MemberAccess?)Activator.CreateInstance(typeof(MemberAccess<>).MakeGenericType(type), count, at);
        }

        public abstract int Count(PSMemberInfoCollection<PSMemberInfo> members);

        public abstract PSMemberInfo At(PSMemberInfoCollection<PSMemberInfo> members, int place);
    }

    private sealed class MemberAccess<T>(MethodInfo count, MethodInfo at) : MemberAccess
        where T : PSMemberInfoCollection<PSMemberInfo>
    {
        private readonly Func<T, int> _count = count.CreateDelegate<Func<T, int>>();
        private readonly Func<T, int, PSMemberInfo> _at = at.CreateDelegate<Func<T, int, PSMemberInfo>>();

        public override int Count(PSMemberInfoCollection<PSMemberInfo> members) => _count((T)members);

        public override PSMemberInfo At(PSMemberInfoCollection<PSMemberInfo> members, int place) => _at((T)members, place);
    }

    private static Func<PSObject, T>? Getter<T>(string property) =>
        !(AppContext.TryGetSwitch(PublicWaySwitch, out var isOn) && isOn)
        && typeof(PSObject).GetProperty(property, BindingFlags.NonPublic | BindingFlags.Instance)?.GetMethod is { } getter
        && typeof(T).IsAssignableFrom(getter.ReturnType)
            ? getter.CreateDelegate<Func<PSObject, T>>()
            : null;
}

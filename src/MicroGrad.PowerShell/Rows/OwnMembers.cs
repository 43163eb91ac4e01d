using System.Management.Automation;

namespace MicroGrad.PowerShell.Rows;

/// <summary>
/// The properties of the objects that Import-Csv and [pscustomobject] make, by their places in the list of members: the
/// rows of a file have the same names at the same places.
/// </summary>
internal sealed class OwnMembers
{
    private readonly string[] _typeNames;
    private readonly (string Name, int Place)[] _properties;

    // The properties of the last row that fitted.
    private readonly PSMemberInfo[] _current;

    private OwnMembers(string[] typeNames, (string Name, int Place)[] properties) =>
        (_typeNames, _properties, _current) = (typeNames, properties, new PSMemberInfo[properties.Length]);

    /// <summary>The names of the properties, in order.</summary>
    public string[] Names => Array.ConvertAll(_properties, property => property.Name);

    /// <summary>The members of a row; null where it is another object, or also has properties of other kinds.</summary>
    public static OwnMembers? Of(object row)
    {
        if (row is not PSObject { ImmediateBaseObject: PSCustomObject } target
            || RowProperties.MembersOf(target) is not { } members || RowProperties.TypeNamesOf(target) is not { } typeNames)
        {
            return null;
        }

        var own = new List<(string Name, int Place)>();
        for (var place = 0; place < members.Count; place++)
        {
            if (members[place] is PSPropertyInfo { IsGettable: true } property && !RowProperties.IsHidden(property))
            {
                own.Add((property.Name, place));
            }
        }

        // A type file may add properties to all objects of a type.
        var hasNoOther = RowProperties.Of(row).Select(property => property.Name).SequenceEqual(own.Select(property => property.Name));
        return hasNoOther ? new OwnMembers([.. typeNames], [.. own]) : null;
    }

    /// <summary>Whether a row has these properties at these places, and no others.</summary>
    public bool Fit(object row)
    {
        if (row is not PSObject { ImmediateBaseObject: PSCustomObject } target || RowProperties.MembersOf(target) is not { } members)
        {
            return false;
        }

        var count = members.Count;
        for (var i = 0; i < _properties.Length; i++)
        {
            var (name, place) = _properties[i];
            if (place >= count || (_current[i] = members[place]).Name != name)
            {
                return false;
            }
        }

        return HasNoOther(members, count) && HasTypeNames(RowProperties.TypeNamesOf(target)!);
    }

    /// <summary>The value of a property of the last row that fitted.</summary>
    public object? ValueAt(int index) => ((PSPropertyInfo)_current[index]).Value;

    private bool HasTypeNames(IList<string> names)
    {
        for (var i = 0; i < _typeNames.Length; i++)
        {
            if (i >= names.Count || names[i] != _typeNames[i])
            {
                return false;
            }
        }

        return names.Count == _typeNames.Length;
    }

    private bool HasNoOther(RowProperties.MemberList members, int count)
    {
        for (var place = _properties.Length == 0 ? 0 : _properties[^1].Place + 1; place < count; place++)
        {
            if (members[place] is PSPropertyInfo property && !RowProperties.IsHidden(property))
            {
                return false;
            }
        }

        return true;
    }
}

using System.Collections;
using MicroGrad.Data;

namespace MicroGrad.PowerShell.Rows;

/// <summary>Reads a -Feature argument: names of columns, and tables such as @{ Known = 'Given' } for columns under other names.</summary>
internal sealed class FeatureNames
{
    /// <param name="argument">Names, wildcards and tables, in any order.</param>
    /// <exception cref="GradException">A table does not name one column for each, or a column twice (id <c>InvalidFeature</c>).</exception>
    public FeatureNames(IEnumerable<object?> argument)
    {
        var (names, given) = (new List<string>(), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        foreach (var element in argument.Select(Wrapped.Unwrap))
        {
            if (element is not IDictionary table)
            {
                var name = element is null ? string.Empty : Cell.Text(element);
                if (given.Values.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    throw GivenTwice(name);
                }

                names.Add(name);
                continue;
            }

            foreach (DictionaryEntry entry in table)
            {
                var known = Cell.Text(entry.Key);
                if (names.Contains(known, StringComparer.OrdinalIgnoreCase))
                {
                    throw GivenTwice(known);
                }

                if (Wrapped.Unwrap(entry.Value) is not string { Length: > 0 } own || !given.TryAdd(own, known))
                {
                    throw new GradException(
                        "InvalidFeature",
                        $"The table gives '{known}' the column '{entry.Value}'. Each name is given the name of one column of the rows, and each column to one name, such as @{{ Known = 'Given' }}.");
                }

                names.Add(known);
            }
        }

        (Names, Renamed, IsRenaming) = (names, given, given.Count > 0 && given.Count == names.Count);
    }

    /// <summary>The features by the names that the model knows, wildcards among them.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The known names of columns that rows have under other names.</summary>
    public IReadOnlyDictionary<string, string> Renamed { get; }

    /// <summary>Whether only other names are given: the model then decides which columns are features, where it has names for them.</summary>
    public bool IsRenaming { get; }

    /// <summary>The model's features; where it has no names for them, those that are given.</summary>
    public IReadOnlyList<string> Among(IReadOnlyList<string> known) =>
        Names.Count == 0 || (IsRenaming && Names.All(name => known.Contains(name, StringComparer.OrdinalIgnoreCase))) ? known : Names;

    private static GradException GivenTwice(string name) => new(
        "InvalidFeature", $"'{name}' is named twice: as a column, and as another name for one. Name each feature once.");
}

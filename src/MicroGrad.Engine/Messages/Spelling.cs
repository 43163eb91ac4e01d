namespace MicroGrad.Messages;

/// <summary>Finds the name that a misspelt one probably means, for messages.</summary>
public static class Spelling
{
    private const int LongestName = 100;

    /// <summary>" Did you mean 'Class'?" for 'Clas'; empty where no name is similar.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="names">The names that exist.</param>
    public static string DidYouMean(string given, IEnumerable<string> names)
    {
        // A letter in three may be wrong, so that short names are not taken for each other.
        var nearest = given.Length > LongestName ? null : names
            .Where(name => name.Length <= LongestName && Math.Abs(name.Length - given.Length) <= given.Length / 3)
            .Select(name => (Name: name, Distance: Distance(given.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= given.Length / 3)
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault().Name;
        return nearest is null ? string.Empty : $" Did you mean '{MessageText.Excerpt(nearest)}'?";
    }

    /// <summary>How many letters are to be added, removed, replaced or swapped with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var distances = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                distances[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1,
                        distances[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
                }
            }
        }

        return distances[a.Length, b.Length];
    }
}

using System.Globalization;
using System.Text;

namespace MicroGrad.Exports;

/// <summary>Makes identifiers of names from data.</summary>
internal static class Identifiers
{
    // Compilers limit the length of names: C#'s takes 511 letters.
    private const int Longest = 200;

    /// <summary>A name as one word of letters, digits and underscores, in the composed form that Python compares by; a name that is one already stays.</summary>
    /// <param name="name">Any text.</param>
    /// <param name="join">Makes one word of the words in a name.</param>
    /// <param name="other">The result for a name without letters and digits.</param>
    public static string Of(string name, Func<IReadOnlyList<string>, string> join, string other)
    {
        // Halves of surrogate pairs are removed first, as they can't be normalized.
        var words = WordsOf(string.Join(' ', WordsOf(name)).Normalize(NormalizationForm.FormKC));
        var word = words.Length == 0 ? other : words.Length == 1 ? words[0] : join(words);
        word = word.Length > Longest ? word[..Longest] : word;
        return char.IsLetter(word[0]) || word[0] == '_' ? word : "_" + word;
    }

    /// <summary>Each word with a large first letter: SepalLength.</summary>
    public static string Pascal(IReadOnlyList<string> words) => string.Concat(words.Select(Capitalized));

    /// <summary>The same with a small first letter: sepalLength.</summary>
    public static string Camel(IReadOnlyList<string> words) =>
        string.Concat(words.Select((word, i) => i == 0 ? char.ToLowerInvariant(word[0]) + word[1..] : Capitalized(word)));

    /// <summary>Words with underscores between them: sepal_length.</summary>
    public static string Snake(IReadOnlyList<string> words) => string.Join('_', words);

    /// <summary>The words, with underscores behind those that are reserved or used before.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string> words, IEnumerable<string> reserved, StringComparer comparer)
    {
        var taken = new HashSet<string>(reserved, comparer);
        var result = new List<string>();
        foreach (var word in words)
        {
            var own = word;
            while (!taken.Add(own))
            {
                own += "_";
            }

            result.Add(own);
        }

        return result;
    }

    public static string Capitalized(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string[] WordsOf(string name) =>
        string.Concat(name.Select(letter => IsPart(letter) ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // Letters that all the languages take; marks and letters beyond 16 bits are left out.
    private static bool IsPart(char letter) => letter is '_' or (>= '0' and <= '9') || char.GetUnicodeCategory(letter)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter;
}

namespace MicroGrad.Data;

/// <summary>A column to predict: numbers, or classes.</summary>
/// <param name="name">The column's name.</param>
/// <param name="numbers">The number of each row; NaN where there is none.</param>
/// <param name="codes">The place of each row's text among the texts; <see cref="NoText"/> where the cell was no text.</param>
/// <param name="texts">The distinct texts.</param>
/// <param name="classKind">The type of the classes, where the column is one of classes.</param>
internal sealed class TargetColumn(string name, List<double> numbers, List<int> codes, IReadOnlyList<string> texts, ClassKind classKind)
{
    /// <summary>The code of a cell that was no text.</summary>
    public const int NoText = -1;

    private IReadOnlyList<string>? _classes;

    public string Name { get; } = name;

    /// <summary>Whether the column is one of classes. Numbers can be read as classes too.</summary>
    public bool AreClasses { get; set; }

    /// <summary>The type of the classes, where the column is one of classes.</summary>
    public ClassKind ClassKind { get; } = classKind;

    /// <summary>Whether all cells are truth values, as such or in words.</summary>
    public bool IsBoolean { get; init; }

    /// <summary>The number of rows.</summary>
    public int Count => numbers.Count;

    public double NumberAt(int row) => numbers[row];

    /// <summary>Whether a row has nothing in this column.</summary>
    public bool IsMissing(int row) => double.IsNaN(numbers[row]) && (!AreClasses || codes[row] == NoText);

    /// <summary>The row's class: text as it was written, numbers in their shortest form.</summary>
    public string ClassAt(int row) => codes[row] != NoText ? texts[codes[row]] : TextOf(numbers[row]);

    /// <summary>
    /// The distinct classes: numbers from the smallest on, False before True, words in the order of their first appearance.
    /// </summary>
    public IReadOnlyList<string> Classes() => _classes ??= FindClasses();

    /// <summary>The place of each row's class among those of a schema; negative where it is none of them.</summary>
    public int[] IndexesIn(ModelSchema schema)
    {
        var ofTexts = new int?[texts.Count];
        var ofNumbers = new Dictionary<double, int>();
        var indexes = new int[Count];
        for (var row = 0; row < indexes.Length; row++)
        {
            var (code, number) = (codes[row], numbers[row]);
            if (code != NoText)
            {
                indexes[row] = ofTexts[code] ??= schema.FindClass(texts[code], number, isText: true);
            }
            else if (double.IsNaN(number))
            {
                indexes[row] = -1;
            }
            else if (!ofNumbers.TryGetValue(number, out indexes[row]))
            {
                ofNumbers.Add(number, indexes[row] = schema.FindClass(TextOf(number), number, isText: false));
            }
        }

        return indexes;
    }

    /// <summary>The column with some of the rows.</summary>
    public TargetColumn Take(int[] rows) =>
        new(Name, [.. rows.Select(row => numbers[row])], [.. rows.Select(row => codes[row])], texts, ClassKind) { AreClasses = AreClasses, IsBoolean = IsBoolean };

    private string TextOf(double number) => ClassKind == ClassKind.Boolean ? (number != 0 ? "True" : "False") : Cell.Text(number);

    private IReadOnlyList<string> FindClasses()
    {
        var classes = new CategoryCodes();
        var numbersOf = new List<double>();
        var seenTexts = new bool[texts.Count];
        var seenNumbers = new HashSet<double>();
        for (var row = 0; row < Count; row++)
        {
            var (code, number) = (codes[row], numbers[row]);
            var isNew = code == NoText ? !double.IsNaN(number) && seenNumbers.Add(number) : !seenTexts[code];
            if (isNew && classes.CodeOf(ClassAt(row)) == numbersOf.Count)
            {
                numbersOf.Add(number);
            }

            if (code != NoText)
            {
                seenTexts[code] = true;
            }
        }

        var isNumbers = !numbersOf.Exists(double.IsNaN) && !(ClassKind == ClassKind.Text && HasBooleanWords(classes.Texts));
        return isNumbers ? [.. classes.Texts.OrderBy(text => numbersOf[classes.CodeOf(text)])] : classes.Texts;
    }

    // True and False have numbers, for use among several targets. As classes they are words.
    private static bool HasBooleanWords(IReadOnlyList<string> names) => names.Any(name => !NumberReader.TryRead(name, out _));
}

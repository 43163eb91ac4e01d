namespace MicroGrad.Data;

/// <summary>A column to predict: numbers, or classes.</summary>
public sealed class TargetColumn
{
    /// <summary>The code of a cell that was no text.</summary>
    internal const int NoText = -1;

    private readonly List<double> _numbers;
    private readonly List<int> _codes;
    private readonly IReadOnlyList<string> _texts;
    private IReadOnlyList<string>? _classes;

    /// <param name="name">The column's name.</param>
    /// <param name="numbers">The number of each row; NaN where there is none.</param>
    /// <param name="codes">The place of each row's text among the texts; <see cref="NoText"/> where the cell was no text.</param>
    /// <param name="texts">The distinct texts.</param>
    /// <param name="classKind">The type of the classes, where the column is one of classes.</param>
    internal TargetColumn(string name, List<double> numbers, List<int> codes, IReadOnlyList<string> texts, ClassKind classKind) =>
        (Name, _numbers, _codes, _texts, ClassKind) = (name, numbers, codes, texts, classKind);

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>Whether the column is one of classes. Numbers can be read as classes too.</summary>
    public bool AreClasses { get; internal set; }

    /// <summary>The type of the classes, where the column is one of classes.</summary>
    internal ClassKind ClassKind { get; }

    /// <summary>Whether all cells are truth values, as such or in words.</summary>
    internal bool IsBoolean { get; init; }

    /// <summary>The number of rows.</summary>
    internal int Count => _numbers.Count;

    /// <summary>The number of a row; NaN where there is none.</summary>
    /// <param name="row">The place of the row, from 0.</param>
    public double NumberAt(int row) => _numbers[row];

    /// <summary>Whether a row has nothing in this column.</summary>
    internal bool IsMissing(int row) => double.IsNaN(_numbers[row]) && (!AreClasses || _codes[row] == NoText);

    /// <summary>The row's class: text as it was written, numbers in their shortest form.</summary>
    public string ClassAt(int row) => _codes[row] != NoText ? _texts[_codes[row]] : TextOf(_numbers[row]);

    /// <summary>
    /// The distinct classes: numbers from the smallest on, False before True, words in the order of their first appearance.
    /// </summary>
    public IReadOnlyList<string> Classes() => _classes ??= FindClasses();

    /// <summary>The place of each row's class among those of a schema; negative where it is none of them.</summary>
    internal int[] IndexesIn(ModelSchema schema)
    {
        var ofTexts = new int?[_texts.Count];
        var ofNumbers = new Dictionary<double, int>();
        var indexes = new int[Count];
        for (var row = 0; row < indexes.Length; row++)
        {
            var (code, number) = (_codes[row], _numbers[row]);
            if (code != NoText)
            {
                indexes[row] = ofTexts[code] ??= schema.FindClass(_texts[code], number, isText: true);
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
    internal TargetColumn Take(int[] rows) =>
        new(Name, [.. rows.Select(row => _numbers[row])], [.. rows.Select(row => _codes[row])], _texts, ClassKind) { AreClasses = AreClasses, IsBoolean = IsBoolean };

    private string TextOf(double number) => ClassKind == ClassKind.Boolean ? (number != 0 ? "True" : "False") : Cell.Text(number);

    private IReadOnlyList<string> FindClasses()
    {
        var classes = new CategoryCodes();
        var numbersOf = new List<double>();
        var seenTexts = new bool[_texts.Count];
        var seenNumbers = new HashSet<double>();
        for (var row = 0; row < Count; row++)
        {
            var (code, number) = (_codes[row], _numbers[row]);
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

using System.Text;

namespace MicroGrad.Exports;

/// <summary>Lines of a source file, indented.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Adds lines at the present depth; an empty text gives an empty line.</summary>
    public CodeText Add(string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            var own = line.TrimEnd('\r');
            _text.Append(own.Length == 0 ? string.Empty : new string(' ', 4 * _depth)).Append(own).Append('\n');
        }

        return this;
    }

    public CodeText Add(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Add(line);
        }

        return this;
    }

    /// <summary>Adds indented lines between two others, of which either may be empty for none.</summary>
    public CodeText Block(string before, Action body, string after)
    {
        _ = before.Length == 0 ? this : Add(before);
        _depth++;
        body();
        _depth--;
        return after.Length == 0 ? this : Add(after);
    }

    public override string ToString() => _text.ToString();
}

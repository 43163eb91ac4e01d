using System.Globalization;

namespace MicroGrad.Engine.Tests;

/// <summary>
/// Builds graphs from the steps of expressions.json: <c>name = expression</c> over names, numbers, + - * / ^, functions
/// and parentheses.
/// </summary>
internal sealed class ExpressionScript
{
    private readonly Dictionary<string, GradValue> _names;
    private string _text = string.Empty;
    private int _at;

    private ExpressionScript(Dictionary<string, GradValue> names) => _names = names;

    /// <summary>Runs the steps over leaves; afterwards the names hold what was last assigned to them.</summary>
    /// <param name="leaves">The leaves by name.</param>
    /// <param name="steps">The steps in order.</param>
    /// <param name="nudged">A name whose data is moved once it is known, before anything is computed from it.</param>
    /// <param name="by">How far.</param>
    public static Dictionary<string, GradValue> Run(
        IReadOnlyDictionary<string, double> leaves, IEnumerable<string> steps, string? nudged = null, double by = 0)
    {
        var names = leaves.ToDictionary(
            leaf => leaf.Key, leaf => new GradValue(leaf.Key == nudged ? leaf.Value + by : leaf.Value, leaf.Key));
        var script = new ExpressionScript(names);
        foreach (var step in steps)
        {
            var sides = step.Split('=', 2, StringSplitOptions.TrimEntries);
            var value = script.Parse(sides[1]);
            value.Label = sides[0];
            names[sides[0]] = sides[0] == nudged ? new GradValue(value.Data + by, sides[0]) : value;
        }

        return names;
    }

    private GradValue Parse(string text)
    {
        (_text, _at) = (text.Replace(" ", string.Empty, StringComparison.Ordinal), 0);
        var value = Sum();
        return _at == _text.Length ? value : throw new FormatException($"'{_text}' cannot be read from place {_at} on.");
    }

    private GradValue Sum()
    {
        var value = Product();
        while (true)
        {
            if (Take('+'))
            {
                value += Product();
            }
            else if (Take('-'))
            {
                value -= Product();
            }
            else
            {
                return value;
            }
        }
    }

    private GradValue Product()
    {
        var value = Signed();
        while (true)
        {
            if (Take('*'))
            {
                value *= Signed();
            }
            else if (Take('/'))
            {
                value /= Signed();
            }
            else
            {
                return value;
            }
        }
    }

    private GradValue Signed() => Take('-') ? -Signed() : Power();

    private GradValue Power()
    {
        var value = Atom();
        if (!Take('^'))
        {
            return value;
        }

        return char.IsDigit(_text[_at]) ? value.Pow(Number()) : value.Pow(Atom());
    }

    private GradValue Atom()
    {
        if (Take('('))
        {
            return Closed(Sum());
        }

        if (char.IsDigit(_text[_at]))
        {
            return Number();
        }

        var name = TakeWhile(char.IsLetterOrDigit);
        if (!Take('('))
        {
            return _names[name];
        }

        var argument = Closed(Sum());
        return name switch
        {
            "tanh" => argument.Tanh(),
            "exp" => argument.Exp(),
            "relu" => argument.Relu(),
            _ => throw new FormatException($"There is no function '{name}'."),
        };
    }

    private GradValue Closed(GradValue value) =>
        Take(')') ? value : throw new FormatException($"'{_text}' needs a ) at place {_at}.");

    private double Number() =>
        double.Parse(TakeWhile(c => char.IsDigit(c) || c == '.'), CultureInfo.InvariantCulture);

    private string TakeWhile(Func<char, bool> wanted)
    {
        var start = _at;
        while (_at < _text.Length && wanted(_text[_at]))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private bool Take(char wanted)
    {
        if (_at == _text.Length || _text[_at] != wanted)
        {
            return false;
        }

        _at++;
        return true;
    }
}

using System.Numerics;

namespace MicroGrad.Selection;

/// <summary>What a setting may be: one of a list, or any number of a range.</summary>
/// <param name="Name">The setting.</param>
/// <param name="List">Its values; empty for a range.</param>
/// <param name="Range">Its range; null for a list.</param>
public sealed record SettingValues(string Name, IReadOnlyList<object?> List, SettingRange? Range = null);

/// <summary>All settings that a search may try.</summary>
public sealed class SettingSpace
{
    private const int MaximumTrials = 1_000_000;

    private readonly IReadOnlyList<SettingValues> _settings;

    /// <exception cref="GradException">There is no setting, or one without a value or with a wrong range (id <c>InvalidSetting</c>).</exception>
    public SettingSpace(IReadOnlyList<SettingValues> settings)
    {
        _settings = settings;
        if (settings.Count == 0)
        {
            throw new GradException("InvalidSetting", "There is no setting; give at least one with its values.");
        }

        foreach (var setting in settings)
        {
            setting.Range?.Require(setting.Name);
            if (setting.Range is null && setting.List.Count == 0)
            {
                throw new GradException("InvalidSetting", $"'{setting.Name}' has no value; give at least one.");
            }
        }
    }

    /// <summary>How many combinations the lists have; infinite with a range.</summary>
    private double CombinationCount => _settings.Aggregate(1.0, (count, setting) => count * (setting.Range is null ? setting.List.Count : double.PositiveInfinity));

    /// <summary>All combinations, the values of the last setting varying fastest.</summary>
    /// <exception cref="GradException">A setting is a range (id <c>InvalidSetting</c>), or there are too many (id <c>TooManyTrials</c>).</exception>
    public IReadOnlyList<OrderedDictionary<string, object?>> Combinations()
    {
        if (_settings.FirstOrDefault(setting => setting.Range is not null) is { } range)
        {
            throw new GradException("InvalidSetting", $"'{range.Name}' is a range, whose values can't all be tried. Say how many trials to draw, or give a list.");
        }

        return CombinationCount <= MaximumTrials
            ? [.. Enumerable.Range(0, (int)CombinationCount).Select(Combination)]
            : throw TooMany(CombinationCount);
    }

    /// <summary>
    /// Random trials (Bergstra and Bengio, 2012). Lists without a range give each combination at most once; a longer search begins
    /// with the trials of a shorter one.
    /// </summary>
    /// <param name="count">How many; fewer are given where lists have no more combinations.</param>
    /// <param name="seed">Decides which.</param>
    /// <exception cref="GradException">There are none or too many (ids <c>InvalidTrial</c>, <c>TooManyTrials</c>).</exception>
    public IReadOnlyList<OrderedDictionary<string, object?>> Draw(int count, BigInteger seed)
    {
        if (count < 1)
        {
            throw new GradException("InvalidTrial", $"The number of trials is {count}; give at least 1.");
        }

        if (count > MaximumTrials)
        {
            throw TooMany(count);
        }

        var random = new PythonRandom(seed);
        if (CombinationCount <= MaximumTrials)
        {
            var places = Enumerable.Range(0, (int)CombinationCount).ToArray();
            random.ShuffleInPlace<int>(places);
            return [.. places.Take(count).Select(Combination)];
        }

        return [.. Enumerable.Range(0, count).Select(_ => Trial(setting => setting.Range?.Draw(random) ?? setting.List[random.NextIndex(setting.List.Count)]))];
    }

    private static GradException TooMany(double count) =>
        new("TooManyTrials", FormattableString.Invariant($"There are {count:N0} trials, more than {MaximumTrials:N0}. Give fewer values, or draw some of them at random."));

    private OrderedDictionary<string, object?> Combination(int place)
    {
        var values = new object?[_settings.Count];
        for (var i = values.Length - 1; i >= 0; i--)
        {
            (place, var own) = Math.DivRem(place, _settings[i].List.Count);
            values[i] = _settings[i].List[own];
        }

        var next = 0;
        return Trial(_ => values[next++]);
    }

    private OrderedDictionary<string, object?> Trial(Func<SettingValues, object?> value)
    {
        var trial = new OrderedDictionary<string, object?>(_settings.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var setting in _settings)
        {
            trial.Add(setting.Name, value(setting));
        }

        return trial;
    }
}

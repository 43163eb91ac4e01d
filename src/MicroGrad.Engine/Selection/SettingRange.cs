namespace MicroGrad.Selection;

/// <summary>A range of numbers that a setting is drawn from.</summary>
/// <param name="From">The lowest.</param>
/// <param name="To">The highest.</param>
/// <param name="IsWhole">Whether whole numbers are drawn, both ends included.</param>
/// <param name="IsLogarithmic">Whether the logarithm is drawn evenly, so that each power of ten is as likely as another.</param>
public sealed record SettingRange(double From, double To, bool IsWhole, bool IsLogarithmic)
{
    /// <summary>Refuses a range that nothing can be drawn from.</summary>
    /// <exception cref="GradException">It does not rise, or has no logarithm (id <c>InvalidSetting</c>).</exception>
    internal void Require(string name)
    {
        if (!double.IsFinite(From) || !double.IsFinite(To) || !(From < To))
        {
            throw new GradException("InvalidSetting", FormattableString.Invariant($"The range of '{name}' goes from {From} to {To}; give two finite numbers, the lower first."));
        }

        if (IsLogarithmic && From <= 0)
        {
            throw new GradException("InvalidSetting", FormattableString.Invariant($"The logarithmic range of '{name}' begins at {From}; let it begin above 0."));
        }

        if (IsWhole && (Math.Abs(From) > int.MaxValue || Math.Abs(To) >= int.MaxValue))
        {
            throw new GradException("InvalidSetting", FormattableString.Invariant($"The range of '{name}' goes from {From} to {To}; whole numbers are drawn up to {int.MaxValue}."));
        }
    }

    /// <summary>Draws a number: an <see cref="int"/> of whole numbers, else a <see cref="double"/>.</summary>
    internal object Draw(IRandomSource random)
    {
        // A whole number stands for all from itself up to the next.
        var end = IsWhole ? To + 1 : To;
        var drawn = IsLogarithmic
            ? Math.Exp(random.NextUniform(Math.Log(From), Math.Log(end)))
            : random.NextUniform(From, end);
        drawn = Math.Clamp(IsWhole ? Math.Floor(drawn) : drawn, From, To);
        return IsWhole ? (object)(int)drawn : drawn;
    }
}

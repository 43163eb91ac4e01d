namespace MicroGrad;

/// <summary>A part of a date that a model reads.</summary>
public enum DatePart
{
    /// <summary>The days since the first date of the rows, with fractions: one input.</summary>
    Trend,

    /// <summary>The time of day as a point on a circle: its sine and its cosine.</summary>
    Hour,

    /// <summary>The day of the week as a point on a circle.</summary>
    Weekday,

    /// <summary>The day of the year as a point on a circle.</summary>
    DayOfYear,
}

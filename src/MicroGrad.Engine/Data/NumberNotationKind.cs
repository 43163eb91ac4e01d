namespace MicroGrad.Data;

/// <summary>What keeps a number in text from being read.</summary>
internal enum NumberNotationKind
{
    /// <summary>Another decimal sign than the format's.</summary>
    Decimal,

    /// <summary>Separators between thousands, whose sign may be a decimal one elsewhere.</summary>
    Thousands,

    /// <summary>A unit, a percent sign or a currency.</summary>
    Unit,
}

namespace MicroGrad.Rendering.Plots;

/// <summary>A part of a figure, which draws itself as SVG and as text.</summary>
internal abstract class Mark
{
    /// <summary>The mark's entries of the legend.</summary>
    public virtual IEnumerable<LegendEntry> Legend => [];

    /// <summary>Draws what lies behind the grid and the numbers of the axes, such as areas.</summary>
    public virtual void DrawBehind(Chart chart)
    {
    }

    public abstract void Draw(Chart chart);

    /// <summary>Draws into the free cells. As text, the marks in front are drawn first.</summary>
    public abstract void Draw(TextChart chart);
}

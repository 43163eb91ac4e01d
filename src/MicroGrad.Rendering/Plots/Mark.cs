namespace MicroGrad.Rendering.Plots;

/// <summary>Something in the frame of a figure, which knows how it looks as SVG and as text.</summary>
internal abstract class Mark
{
    /// <summary>The mark's entries of the legend.</summary>
    public virtual IEnumerable<LegendEntry> Legend => [];

    /// <summary>Draws what lies behind the grid and the numbers of the axes, such as areas.</summary>
    public virtual void DrawBehind(Chart chart)
    {
    }

    public abstract void Draw(Chart chart);

    /// <summary>Draws into the cells that marks before it left free: on text, what is in front is drawn first.</summary>
    public abstract void Draw(TextChart chart);
}

namespace MicroGrad.Rendering.Plots;

/// <summary>Dots in characters: each braille character has two columns of four.</summary>
internal sealed class BrailleCanvas
{
    // The bits of a braille character by row and column of the dot.
    private static readonly int[,] Bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly int[,] _cells;

    public BrailleCanvas(int columns, int rows) => _cells = new int[rows, columns];

    public int DotsAcross => _cells.GetLength(1) * 2;

    public int DotsDown => _cells.GetLength(0) * 4;

    public void Set(int x, int y)
    {
        if (x >= 0 && y >= 0 && x < DotsAcross && y < DotsDown)
        {
            _cells[y / 4, x / 2] |= Bits[y % 4, x % 2];
        }
    }

    /// <summary>A straight line of dots, or of every n-th of them.</summary>
    public void Line((double X, double Y) from, (double X, double Y) to, int every = 1)
    {
        var steps = (int)Math.Ceiling(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (var i = 0; i <= steps; i++)
        {
            var share = steps == 0 ? 0 : (double)i / steps;
            var (x, y) = ((int)Math.Round(from.X + (share * (to.X - from.X))), (int)Math.Round(from.Y + (share * (to.Y - from.Y))));
            if (steps == 0 || every == 1 || x / every % 2 == 0)
            {
                Set(x, y);
            }
        }
    }

    public bool IsEmpty(int row, int column) => _cells[row, column] == 0;

    /// <summary>The dots of several canvases in one cell.</summary>
    public static char Join(IEnumerable<BrailleCanvas> canvases, int row, int column) =>
        (char)(0x2800 + canvases.Aggregate(0, (dots, canvas) => dots | canvas._cells[row, column]));
}

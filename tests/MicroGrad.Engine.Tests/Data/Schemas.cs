using MicroGrad.Data;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

/// <summary>Schemas learnt from all rows of a table, and tables of plain columns.</summary>
internal static class Schemas
{
    public static ModelSchema Learn(Mlp model, SampleTable table, LossKind? loss) =>
        SchemaLearner.Learn(model, table, AllRows(table), loss);

    public static ModelSchema KnownOrLearnt(Mlp model, SampleTable table) =>
        SchemaLearner.KnownOrLearnt(model, table, AllRows(table));

    public static RowTable Table(string[] features, string[] targets) => new(features, targets);

    private static int[] AllRows(SampleTable table) => [.. Enumerable.Range(0, table.Count)];

    /// <summary>Takes whole rows of cells.</summary>
    internal sealed class RowTable
    {
        private readonly TableBuilder _table;
        private readonly ColumnBuilder[] _columns;

        public RowTable(string[] features, string[] targets, CellFormat? format = null, ColumnKind?[]? kinds = null)
        {
            _table = new TableBuilder(format ?? CellFormat.Invariant);
            _columns = [.. features.Select((name, i) => _table.AddFeature(name, kinds?[i])), .. targets.Select(_table.AddTarget)];
        }

        public void Add(object?[] cells, long row)
        {
            foreach (var (column, cell) in _columns.Zip(cells))
            {
                _table.CellOf(column).Add(cell);
            }

            _table.EndRows(row);
        }

        public SampleTable Build(TableRules? rules = null) => _table.Build(rules ?? new TableRules());
    }
}

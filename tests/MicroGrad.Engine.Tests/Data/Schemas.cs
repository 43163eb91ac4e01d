using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

/// <summary>Schemas learnt from all rows of a table, and tables of plain columns.</summary>
internal static class Schemas
{
    public static ModelSchema Learn(Mlp model, SampleTable table, LossKind? loss) =>
        SchemaLearner.Learn(model, table, AllRows(table), loss);

    public static ModelSchema KnownOrLearnt(Mlp model, SampleTable table) =>
        SchemaLearner.KnownOrLearnt(model, table, AllRows(table));

    public static SampleTable Table(string[] features, string[] targets) =>
        new(new TableLayout { Features = features, Targets = targets });

    private static int[] AllRows(SampleTable table) => [.. Enumerable.Range(0, table.Count)];
}

using MicroGrad.Data;
using MicroGrad.Generators;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class LayerGradientTests
{
    // More rows than go through the network together.
    private const int RowCount = 300;

    private readonly Mlp _model = new(2, [3, 4, 3], Activation.Tanh, random: new PythonRandom(7));

    [Theory]
    [InlineData(LossKind.CrossEntropy)]
    [InlineData(LossKind.MeanSquaredError)]
    public void They_are_those_of_the_graph_of_all_rows(LossKind kind)
    {
        var (schema, samples) = Encode(kind);
        var outputs = Enumerable.Range(0, RowCount).Select(row => _model.InvokeNumbers(samples.InputsAt(row).ToArray())).ToArray();
        var room = new double[samples.OutputCount];
        double[] targets = [.. Enumerable.Range(0, RowCount).SelectMany(row =>
            LossBatch.Of(samples, new double[RowCount * room.Length], []).TargetsAt(row, room).ToArray())];
        kind.Graph(outputs, targets).Backward();

        var layers = LayerGradient.Of(_model, schema, samples, CancellationToken.None);

        Assert.Equal(3, layers.Length);
        foreach (var (layer, figures) in _model.Layers.Zip(layers))
        {
            double[] sizes = [.. layer.Neurons.SelectMany(neuron => neuron.Parameters).Select(parameter => Math.Abs(parameter.Grad))];
            Close.Equal(sizes.Average(), figures.Mean, Close.Evaluation);
            Close.Equal(sizes.Max(), figures.Largest, Close.Evaluation);
        }
    }

    [Fact]
    public void Rows_that_weigh_nothing_count_for_nothing()
    {
        var (schema, all) = Encode(LossKind.CrossEntropy);
        all.Weights = [.. Enumerable.Range(0, RowCount).Select(row => row < 260 ? 1.0 : 0)];
        var (_, some) = Encode(LossKind.CrossEntropy, 260);

        var expected = LayerGradient.Of(_model, schema, some, CancellationToken.None);
        Close.Equal([.. expected.Select(layer => layer.Mean)], [.. LayerGradient.Of(_model, schema, all, CancellationToken.None).Select(layer => layer.Mean)], Close.Evaluation);
    }

    [Fact]
    public void The_work_can_be_stopped()
    {
        var (schema, samples) = Encode(LossKind.CrossEntropy);
        Assert.Throws<OperationCanceledException>(() => LayerGradient.Of(_model, schema, samples, new CancellationToken(canceled: true)));
    }

    private (ModelSchema Schema, Samples Samples) Encode(LossKind kind, int count = RowCount)
    {
        var areClasses = kind == LossKind.CrossEntropy;
        var table = Schemas.Table(["A", "B"], areClasses ? ["Kind"] : ["X", "Y", "Z"]);
        var random = new PythonRandom(11);
        for (var row = 0; row < RowCount; row++)
        {
            object?[] features = [random.NextDouble(), random.NextDouble()];
            object?[] targets = areClasses ? ["abc".Substring(row % 3, 1)] : [random.NextDouble(), random.NextDouble(), random.NextDouble()];
            table.Add([.. features, .. targets], row + 1);
        }

        var rows = table.Build(new TableRules { TargetsAreClasses = areClasses });
        var schema = Schemas.Learn(_model, rows, kind);
        return (schema, schema.Encode(rows, [.. Enumerable.Range(0, count)], 3));
    }
}

using MicroGrad.Data;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

public sealed class ModelSchemaTests
{
    [Fact]
    public void Numbers_ask_for_the_squared_error_and_stay_themselves()
    {
        var table = Table(["y"], [1, 2, 3.5], [3, 4, -1]);
        var schema = Schemas.Learn(new Mlp(2, [1]), table, null);

        Assert.Equal((LossKind.MeanSquaredError, TargetEncoding.Numbers), (schema.Loss, schema.Encoding));
        Assert.Equal(["f0", "f1"], schema.FeatureNames);
        Assert.Equal(["y"], schema.TargetNames);
        Assert.Empty(schema.Classes);

        var samples = schema.Encode(table, [1, 0], 1);
        Assert.Equal([3, 4, 1, 2], samples.Inputs);
        Assert.Equal([-1, 3.5], samples.Targets);
    }

    [Fact]
    public void Several_numeric_targets_go_to_as_many_outputs()
    {
        var table = Table(["y", "z"], [1, 2, 3, 30], [3, 4, 5, 50]);
        var schema = Schemas.Learn(new Mlp(2, [2]), table, null);

        Assert.Equal([3, 30, 5, 50], schema.Encode(table, [0, 1], 2).Targets);
    }

    [Fact]
    public void Two_text_classes_and_one_output_ask_for_binary_cross_entropy_with_the_class_seen_second_positive()
    {
        var table = Table(["y"], [1, 2, "yes"], [3, 4, "no"], [5, 6, "yes"]);
        var schema = Schemas.Learn(new Mlp(2, [1]), table, null);

        Assert.Equal((LossKind.BinaryCrossEntropy, TargetEncoding.ZeroOrOne), (schema.Loss, schema.Encoding));
        Assert.False(schema.HasNumericClasses);
        Assert.Equal(["yes", "no"], schema.Classes);
        Assert.Equal([0, 1, 0], schema.Encode(table, [0, 1, 2], 1).Targets);
        Assert.Equal(1, new DecisionRule(schema).ClassOf([0.5]));
    }

    [Fact]
    public void Text_classes_and_as_many_outputs_ask_for_cross_entropy()
    {
        var table = Table(["y"], [1, 2, "a"], [3, 4, "b"], [5, 6, "c"]);
        var schema = Schemas.Learn(new Mlp(2, [3]), table, null);

        Assert.Equal((LossKind.CrossEntropy, TargetEncoding.OneHot), (schema.Loss, schema.Encoding));
        Assert.Equal([2, 0], schema.Encode(table, [2, 0], 3).Classes);
    }

    [Fact]
    public void Classes_take_a_number_a_row_however_many_there_are()
    {
        const int Count = 20_000;
        var table = Table(["y"], [.. Enumerable.Range(0, Count).Select(row => new object?[] { 1, 2, $"c{row % (Count / 2)}" })]);
        var schema = Schemas.Learn(new Mlp(2, [Count / 2]), table, null);
        int[] rows = [.. Enumerable.Range(0, Count)];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var samples = schema.Encode(table, rows, Count / 2);

        // As a number for each class they would be 1.6 GB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        Assert.Equal(rows.Select(row => row % (Count / 2)), samples.Classes);
    }

    [Fact]
    public void Two_numbers_are_classes_for_a_loss_that_wants_classes_and_the_larger_is_positive()
    {
        var table = Table(["y"], [1, 2, 7], [3, 4, 3], [5, 6, 7]);

        var hinge = Schemas.Learn(new Mlp(2, [1]), table, LossKind.Hinge);
        var binary = Schemas.Learn(new Mlp(2, [1]), table, LossKind.BinaryCrossEntropy);
        var many = Schemas.Learn(new Mlp(2, [2]), table, LossKind.CrossEntropy);

        Assert.Equal([1, -1, 1], hinge.Encode(table, [0, 1, 2], 1).Targets);
        Assert.Equal([1, 0, 1], binary.Encode(table, [0, 1, 2], 1).Targets);
        Assert.Equal([1, 0, 1], many.Encode(table, [0, 1, 2], 2).Classes);
        Assert.All([hinge, binary, many], schema =>
        {
            Assert.True(schema.HasNumericClasses);
            Assert.Equal(["3", "7"], schema.Classes);
        });
    }

    [Fact]
    public void A_model_that_is_trained_again_keeps_the_order_of_its_classes()
    {
        var model = new Mlp(2, [3]);
        model.Schema = Schemas.Learn(model, Table(["y"], [1, 2, "a"], [3, 4, "b"], [5, 6, "c"]), null);

        var again = Schemas.Learn(model, Table(["y"], [1, 2, "c"], [3, 4, "a"]), LossKind.CrossEntropy);

        Assert.Equal(["a", "b", "c"], again.Classes);
    }

    [Fact]
    public void A_trained_model_reads_later_rows_as_it_learnt_them()
    {
        var model = new Mlp(2, [1]);
        var learnt = model.Schema = Schemas.Learn(model, Table(["y"], [1, 2, "yes"], [3, 4, "no"]), null);
        var later = Table(["y"], [1, 2, "no"], [3, 4, "no"]);

        var schema = Schemas.KnownOrLearnt(model, later);

        Assert.Same(learnt, schema);
        Assert.Equal([1, 1], schema.Encode(later, [0, 1], 1).Targets);
        Assert.Equal(LossKind.MeanSquaredError, Schemas.KnownOrLearnt(new Mlp(2, [1]), Table(["y"], [1, 2, 3])).Loss);
    }

    [Fact]
    public void A_class_that_the_model_has_not_learnt_is_refused_by_its_name()
    {
        var schema = Schemas.Learn(new Mlp(2, [1]), Table(["y"], [1, 2, "yes"], [3, 4, "no"]), null);

        var error = Assert.Throws<GradException>(() => schema.Encode(Table(["y"], [1, 2, "maybe"]), [0], 1));

        Assert.Equal("UnknownClass", error.ErrorId);
        Assert.Contains("'maybe' in column 'y'", error.Message, StringComparison.Ordinal);
        Assert.Contains("yes, no", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Later_rows_that_all_read_as_numbers_are_still_the_text_classes_that_they_spell()
    {
        var model = new Mlp(2, [3]);
        var schema = Schemas.Learn(model, Table(["y"], [1, 2, "01"], [3, 4, "x"], [5, 6, 2.5]), null);
        var later = Table(["y"], schema, [1, 2, 2.5], [1, 2, "01"], [1, 2, "1"]);

        Assert.Equal(["01", "x", "2.5"], schema.Classes);
        Assert.Equal([2, 0], schema.Encode(later, [0, 1], 3).Classes);
        Assert.Equal((2, "UnknownClass"), (later.Count, Assert.Single(later.Faults).Error.ErrorId));
    }

    [Fact]
    public void Numeric_classes_are_known_in_any_spelling()
    {
        var schema = Schemas.Learn(new Mlp(2, [1]), Table(["y"], [1, 2, 0], [3, 4, 1]), LossKind.Hinge);
        var later = Table(["y"], schema, [1, 2, "1.0"], [1, 2, "-0"]);

        Assert.Equal([1, -1], schema.Encode(later, [0, 1], 1).Targets);
    }

    [Fact]
    public void No_rows_are_refused() => Refused("EmptyData", new Mlp(2, [1]), Table(["y"]), null);

    [Fact]
    public void No_target_is_refused() => Refused("TargetMissing", new Mlp(2, [1]), Table([], [1, 2]), null);

    [Fact]
    public void A_model_of_other_inputs_is_refused_naming_both_numbers_and_the_features() =>
        Refused("SizeMismatch", new Mlp(3, [1]), Table(["y"], [1, 2, 3]), null, "takes 3 inputs", "give 2 (f0, f1)");

    [Fact]
    public void A_model_of_other_outputs_is_refused_naming_what_is_needed()
    {
        Refused("SizeMismatch", new Mlp(2, [2]), Table(["y"], [1, 2, 3]), null, "has 2 outputs", "1 wide");
        Refused(
            "SizeMismatch", new Mlp(2, [2]), Table(["y"], [1, 2, "a"], [1, 2, "b"], [1, 2, "c"]), null, "3 classes (a, b, c)", "3 wide");
        Refused("SizeMismatch", new Mlp(2, [2]), Table(["y"], [1, 2, 0], [1, 2, 1]), LossKind.Hinge, "Hinge takes one");
    }

    [Fact]
    public void Text_for_a_loss_of_numbers_is_refused_naming_the_text() => Refused(
        "TargetMismatch",
        new Mlp(2, [1]),
        Table(["y"], [1, 2, 3], [1, 2, "red"]),
        LossKind.MeanSquaredError,
        "'y'",
        "'red'",
        "CrossEntropy");

    [Fact]
    public void More_than_two_classes_for_a_loss_of_two_are_refused() => Refused(
        "TargetMismatch", new Mlp(2, [1]), Table(["y"], [1, 2, 1], [1, 2, 2], [1, 2, 3]), LossKind.Hinge, "3 classes (1, 2, 3)");

    [Theory]
    [InlineData(LossKind.Hinge)]
    [InlineData(LossKind.BinaryCrossEntropy)]
    [InlineData(LossKind.CrossEntropy)]
    public void A_single_class_is_refused_by_its_name(LossKind loss) => Refused(
        "TargetMismatch", new Mlp(2, [1]), Table(["y"], [1, 2, 7], [3, 4, 7]), loss, "'7'", "'y'");

    [Fact]
    public void Several_columns_of_classes_are_refused() => Refused(
        "TargetMismatch",
        new Mlp(2, [2]),
        Table(["y", "z"], [1, 2, 1, 0], [1, 2, 2, 1]),
        LossKind.CrossEntropy,
        "2 target columns (y, z)");

    [Fact]
    public void Many_classes_are_shortened_in_messages()
    {
        var rows = Enumerable.Range(1, 12).Select(i => new object?[] { 1, 2, $"c{i}" }).ToArray();

        Refused("SizeMismatch", new Mlp(2, [2]), Table(["y"], rows), null, "12 classes (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, … (12 in all))");
    }

    [Fact]
    public void Text_where_a_trained_model_predicts_numbers_is_refused()
    {
        var model = new Mlp(2, [1]);
        model.Schema = Schemas.Learn(model, Table(["y"], [1, 2, 3]), null);

        var error = Assert.Throws<GradException>(() => Schemas.KnownOrLearnt(model, Table(["y"], [1, 2, 3], [1, 2, "red"])));

        Assert.Equal("TargetMismatch", error.ErrorId);
    }

    private static void Refused(string id, Mlp model, SampleTable table, LossKind? loss, params string[] parts)
    {
        var error = Assert.Throws<GradException>(() => Schemas.Learn(model, table, loss));

        Assert.Equal(id, error.ErrorId);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static SampleTable Table(string[] targets, params object?[][] rows) => Table(targets, known: null, rows);

    private static SampleTable Table(string[] targets, ModelSchema? known, params object?[][] rows)
    {
        var table = Schemas.Table(["f0", "f1"], targets);
        for (var r = 0; r < rows.Length; r++)
        {
            table.Add(rows[r], r + 1);
        }

        return table.Build(new TableRules { Known = known });
    }
}

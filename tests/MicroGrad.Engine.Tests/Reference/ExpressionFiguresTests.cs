using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

public sealed partial class ExpressionFiguresTests
{
    private static readonly JsonElement[] Cases =
        [.. ReferenceFile.Load("expressions.json").GetProperty("cases").EnumerateArray()];

    private static readonly string[] KnownProperties =
        ["name", "leaves", "steps", "root", "values", "gradients", "tolerance", "backward_calls", "then", "second", "note"];

    public static TheoryData<string> Names => Having("leaves");

    public static TheoryData<string> NamesWithGradients => Having("gradients");

    public static TheoryData<string> NamesWithAStep => Having("then");

    public static TheoryData<string> NamesWithASecondDerivative => Having("second");

    public static TheoryData<string> NamesWithForwardDifferences => Having("note");

    [Fact]
    public void The_file_holds_nothing_that_these_tests_pass_over() =>
        Assert.All(Cases, item => Assert.All(
            item.EnumerateObject(), property => Assert.Contains(property.Name, KnownProperties)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_those_of_the_worked_example(string name)
    {
        var example = Find(name);
        var names = Run(example);
        if (!example.TryGetProperty("values", out var values))
        {
            // The example states gradients alone.
            Assert.True(example.TryGetProperty("gradients", out _), $"'{name}' states no figure at all");
            return;
        }

        Assert.All(values.EnumerateObject(), expected => Close.Equal(
            expected.Value.GetDouble(), names[expected.Name].Data, ToleranceOf(example), expected.Name));
    }

    [Theory]
    [MemberData(nameof(NamesWithGradients))]
    public void Gradients_are_those_of_the_worked_example(string name)
    {
        var example = Find(name);
        var names = Run(example);
        var calls = example.TryGetProperty("backward_calls", out var count) ? count.GetInt32() : 1;
        for (var call = 0; call < calls; call++)
        {
            names[example.Text("root")].Backward();
        }

        Assert.All(example.GetProperty("gradients").EnumerateObject(), expected => Close.Equal(
            expected.Value.GetDouble(), names[expected.Name].Grad, ToleranceOf(example), expected.Name));
    }

    [Theory]
    [MemberData(nameof(NamesWithGradients))]
    public void A_forward_pass_over_the_finished_graph_changes_no_value(string name)
    {
        var example = Find(name);
        var root = Run(example)[example.Text("root")];
        var before = GradNode.List(root).Select(node => node.Data).ToArray();

        root.Forward();

        Assert.Equal(before, GradNode.List(root).Select(node => node.Data));
    }

    [Theory]
    [MemberData(nameof(NamesWithAStep))]
    public void A_step_along_the_gradient_leads_to_the_stated_value(string name)
    {
        var example = Find(name);
        var text = StepPattern().Match(example.Text("then"));
        Assert.True(text.Success, $"'{example.Text("then")}' is not understood");
        var root = Run(example)[example.Text("root")];
        root.Backward();

        foreach (var leaf in GradNode.List(root).Select(node => node.Value).Where(value => value.IsLeaf))
        {
            leaf.Data += Number(text.Groups["rate"]) * leaf.Grad;
        }

        root.Forward();

        Assert.Equal(root.Label, text.Groups["root"].Value);
        Close.Equal(Number(text.Groups["value"]), root.Data, Close.Evaluation, name);
    }

    [Theory]
    [MemberData(nameof(NamesWithASecondDerivative))]
    public void The_gradient_of_the_gradient_is_the_second_derivative(string name)
    {
        var example = Find(name);
        var names = Run(example);
        var x = names["x"];

        names[example.Text("root")].BackwardGraph();
        x.GradGraph!.BackwardGraph();

        Close.Equal(example.GetProperty("second").GetDouble(), x.GradGraph!.Data, ToleranceOf(example), name);
    }

    [Theory]
    [MemberData(nameof(NamesWithForwardDifferences))]
    public void Forward_differences_of_the_manual_example_give_the_stated_figures(string name)
    {
        var example = Find("manual backpropagation");
        var root = example.Text("root");
        var before = Run(example)[root].Data;
        var sections = SectionPattern().Matches(Find(name).Text("note"));
        Assert.Equal(2, sections.Count);
        var checks =
            from section in sections
            from figure in FigurePattern().Matches(section.Groups["figures"].Value)
            from nudged in figure.Groups["names"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            select (Step: Number(section.Groups["h"]), Nudged: nudged, Expected: Number(figure.Groups["figure"]));

        var count = 0;
        foreach (var (step, nudged, expected) in checks)
        {
            var after = Run(example, nudged, step)[root].Data;
            Close.Equal(expected, (after - before) / step, Close.Evaluation, nudged);
            count++;
        }

        Assert.Equal(7, count);
    }

    private static TheoryData<string> Having(string property) =>
        [.. Cases.Where(item => item.TryGetProperty(property, out _)).Select(item => item.Text("name"))];

    private static JsonElement Find(string name) => Cases.Single(item => item.Text("name") == name);

    private static Dictionary<string, GradValue> Run(JsonElement example, string? nudged = null, double by = 0) =>
        ExpressionScript.Run(
            example.GetProperty("leaves").EnumerateObject().ToDictionary(leaf => leaf.Name, leaf => leaf.Value.GetDouble()),
            example.GetProperty("steps").EnumerateArray().Select(step => step.GetString()!),
            nudged,
            by);

    private static double ToleranceOf(JsonElement example) =>
        example.TryGetProperty("tolerance", out var own) ? own.GetDouble() : Close.Evaluation;

    private static double Number(Group text) => double.Parse(text.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^each leaf moved by \+(?<rate>[\d.]+)\*gradient gives (?<root>\w+) = (?<value>-?[\d.]+)$")]
    private static partial Regex StepPattern();

    [GeneratedRegex(@"at h = (?<h>[\d.]+): (?<figures>[^;]+)")]
    private static partial Regex SectionPattern();

    [GeneratedRegex(@"(?<names>(?:[a-z] )+)(?<figure>-?\d[\d.]*)")]
    private static partial Regex FigurePattern();
}

using MicroGrad.Formulas;
using MicroGrad.Operations;

namespace MicroGrad.Engine.Tests;

public sealed class OperationTests
{
    private static readonly string[] Kinds =
    [
        .. typeof(Operation).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsGenericType: false }
                && (type.IsAssignableTo(typeof(Operation)) || type.GetInterfaces().Any(IsFormula)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal),
    ];

    // Constant derivatives know nothing of the input, be it NaN.
    private static readonly string[] Linear = [nameof(Identity), nameof(Negate), nameof(Add), nameof(Subtract), nameof(Sum), nameof(Mean)];

    public static TheoryData<string> Names => [.. Kinds];

    [Fact]
    public void Every_operation_of_the_engine_has_points_to_be_tested_at() => Assert.Equal(
        Kinds,
        OperationCases.All.Select(item => item.Kind).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_are_those_of_the_value_by_differences(string name) => OperationCases.ForEach(name, item =>
    {
        var derivatives = item.Derivatives(item.Inputs);
        for (var i = 0; i < derivatives.Length; i++)
        {
            if (item.Operation is Gather && i == item.Left.Length)
            {
                // The place is a whole number, with no difference to take.
                continue;
            }

            var place = i;
            var numeric = Difference.At(x => item.Value(OperationCases.With(item.Inputs, place, x)), item.Inputs[i]);
            Close.Equal(numeric, derivatives[i], 1e-9, $"{name} by input {i}");
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_node_has_the_value_and_hands_on_the_derivatives_of_its_operation(string name) => OperationCases.ForEach(name, item =>
    {
        var (root, leaves) = item.Node(item.Inputs);
        root.Backward();

        Assert.Equal(item.Value(item.Inputs), root.Data);
        Assert.Equal(item.Derivatives(item.Inputs), leaves.Select(leaf => leaf.Grad));
        Assert.Equal(leaves, root.Inputs);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_in_any_input_makes_the_value_NaN(string name) => OperationCases.ForEach(name, item =>
    {
        if (item.Operation is PowerOfConstant { Exponent: 0 })
        {
            // Constant by IEEE 754, whatever it is the power of.
            return;
        }

        for (var i = 0; i < item.Inputs.Length; i++)
        {
            if (item.Operation is Power && i == 0 && item.Inputs[1] == 0)
            {
                // The same constant, with its exponent among the inputs.
                continue;
            }

            if (item.Operation is Choose && i >= 2 || item.Operation is Gather && i < item.Left.Length)
            {
                // Of the values that it chooses from, only one matters.
                Assert.Equal(item.Value(item.Inputs) != item.Inputs[i], !double.IsNaN(item.Value(OperationCases.With(item.Inputs, i, double.NaN))));
                continue;
            }

            Assert.True(double.IsNaN(item.Value(OperationCases.With(item.Inputs, i, double.NaN))), $"{name} swallows NaN in input {i}");
            Assert.True(double.IsNaN(item.Node(OperationCases.With(item.Inputs, i, double.NaN)).Root.Data), $"a {name} node swallows NaN");
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_in_an_input_shows_in_the_derivatives_unless_they_are_constant(string name) => OperationCases.ForEach(name, item =>
    {
        if (Linear.Contains(item.Kind) || item.Operation is PowerOfConstant { Exponent: 0 or 1 })
        {
            Assert.All(item.Derivatives(OperationCases.With(item.Inputs, 0, double.NaN)), derivative => Assert.True(double.IsFinite(derivative)));
            return;
        }

        for (var i = 0; i < item.Inputs.Length; i++)
        {
            if (item.Operation is Choose && i >= 2 || item.Operation is Gather && i < item.Left.Length)
            {
                // Only the comparison, or the place, decides which value's derivative is 1.
                continue;
            }

            if (item.Operation is WeightedSum && i >= item.Right.Length && i < item.Left.Length)
            {
                // A neuron's bias: its derivative is 1, and no other depends on it.
                continue;
            }

            Assert.Contains(item.Derivatives(OperationCases.With(item.Inputs, i, double.NaN)), double.IsNaN);
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_batched_form_agrees_with_the_single_one(string name)
    {
        var points = OperationCases.All
            .Where(item => item.Kind == name)
            .SelectMany(item => item.Inputs)
            .SelectMany(x => new[] { x, -x, 0, 17 * x, double.NaN, double.PositiveInfinity, 1e300, -800 })
            .ToArray();
        foreach (var operation in OperationCases.All
            .Where(item => item.Kind == name)
            .Select(item => item.Operation)
            .OfType<ElementwiseOperation>()
            .Distinct())
        {
            var y = Batched.Values(operation, points);
            var upstream = Batched.Chain(operation, points, y, 3);

            Close.Equal(Array.ConvertAll(points, operation.Value), y, 4e-15, "value");
            Close.Equal(
                Array.ConvertAll(points, x => 3 * operation.Derivative(x, operation.Value(x))), upstream, 4e-15, "chain");

            // In place, as the contract allows.
            Assert.Equal(y, Batched.ValuesInPlace(operation, points));
        }

        Assert.NotEmpty(points);
    }

    [Fact]
    public void Operations_have_names_in_words_and_a_symbol_to_draw() => Assert.All(OperationCases.All, item =>
    {
        Assert.Matches("^[a-z]+( [a-z]+)*$", item.Operation.Name);
        Assert.False(string.IsNullOrWhiteSpace(item.Operation.Symbol));
        Assert.Equal(item.Operation.Symbol, item.Node(item.Inputs).Root.Op);
    });

    [Fact]
    public void No_two_operations_share_a_symbol()
    {
        var symbols = OperationCases.All.Select(item => item.Operation).Distinct().Select(operation => operation.Symbol).ToArray();

        Assert.Equal(symbols.Distinct(), symbols);
    }

    [Fact]
    public void The_symbol_of_a_constant_power_reads_the_same_in_every_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Assert.Equal("^0.5", new GradValue(2).Pow(0.5).Op);
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    private static bool IsFormula(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IFormula<>);

    /// <summary>Nodes know an operation by its number; one without would cost each of them a note.</summary>
    [Fact]
    public void Every_shared_operation_has_a_number_of_its_own()
    {
        Operation[] shared =
        [
            .. OperationCases.All.Select(item => item.Operation).Distinct()
                .Where(operation => operation is not (Softmax or PowerOfConstant { Exponent: not 2 })),
        ];

        Assert.All(shared, operation => Assert.Same(operation, Operation.Numbered(operation.Number)));
    }
}

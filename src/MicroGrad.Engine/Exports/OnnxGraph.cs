using System.Globalization;
using MicroGrad.Compilation;

namespace MicroGrad.Exports;

/// <summary>
/// A graph of ONNX operators over 64-bit numbers, as it is built: nodes in order, each with one output, and constants. Field
/// numbers are those of onnx.proto3.
/// </summary>
internal sealed class OnnxGraph
{
    private const int DoubleType = 11;
    private const int LongType = 7;
    private const int TextType = 8;

    // Elementwise operators by instruction; several operands of one operator are applied from the inside.
    private static readonly Dictionary<OpCode, string> Operators = new()
    {
        [OpCode.Add] = "Add",
        [OpCode.Subtract] = "Sub",
        [OpCode.Multiply] = "Mul",
        [OpCode.Product] = "Mul",
        [OpCode.Divide] = "Div",
        [OpCode.Negate] = "Neg",
        [OpCode.Abs] = "Abs",
        [OpCode.Sqrt] = "Sqrt",
        [OpCode.Max] = "Max",
        [OpCode.Min] = "Min",
        [OpCode.MaxNative] = "Max",
        [OpCode.MinNative] = "Min",
        [OpCode.Greater] = "Greater",
        [OpCode.LessOrEqual] = "LessOrEqual",
        [OpCode.Equal] = "Equal",
        [OpCode.Select] = "Where",
        [OpCode.Exp] = "Exp",
        [OpCode.Log] = "Log",
        [OpCode.Tanh] = "Tanh",
        [OpCode.Sin] = "Sin",
        [OpCode.Cos] = "Cos",
        [OpCode.Power] = "Pow",
    };

    private readonly List<ProtobufMessage> _nodes = [];
    private readonly List<ProtobufMessage> _constants = [];
    private readonly List<ProtobufMessage> _inputs = [];
    private readonly List<ProtobufMessage> _outputs = [];
    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<double, string> _numbers = [];
    private readonly string _prefix = "/";
    private int _count;

    /// <param name="taken">Names that no node may have.</param>
    public OnnxGraph(IReadOnlyCollection<string> taken)
    {
        while (taken.Any(name => name.StartsWith(_prefix, StringComparison.Ordinal)))
        {
            _prefix += "/";
        }
    }

    /// <summary>The type of an input or output.</summary>
    public enum Element
    {
        /// <summary>64-bit numbers.</summary>
        Double = DoubleType,

        /// <summary>64-bit whole numbers.</summary>
        Long = LongType,

        /// <summary>Text.</summary>
        Text = TextType,
    }

    /// <summary>Adds an operator, and gives the name of its output.</summary>
    public string Node(string type, string[] inputs, params ProtobufMessage[] attributes) =>
        Node(type, NextName(type), inputs, attributes);

    /// <summary>Adds an operator whose result is an output of the graph. Where an input has the name, it gets underscores behind it.</summary>
    public void Output(string type, string name, string[] inputs, Element element, int? width, params ProtobufMessage[] attributes)
    {
        while (_taken.Contains(name))
        {
            name += "_";
        }

        Node(type, name, inputs, attributes);
        _outputs.Add(Value(name, element, width));
    }

    /// <summary>A whole number as an attribute of an operator.</summary>
    public static ProtobufMessage Attribute(string name, long value) =>
        new ProtobufMessage().Add(1, name).Add(3, value).Add(20, 2);

    /// <summary>The type that <c>Cast</c> makes.</summary>
    public static ProtobufMessage ToDouble() => Attribute("to", DoubleType);

    /// <inheritdoc cref="ToDouble"/>
    public static ProtobufMessage ToLong() => Attribute("to", LongType);

    /// <summary>A single number, which is in the file once.</summary>
    public string Number(double number)
    {
        if (!_numbers.TryGetValue(number, out var name))
        {
            name = Numbers([number], []);
            _numbers.Add(number, name);
        }

        return name;
    }

    /// <summary>A single whole number.</summary>
    public string Long(long number) => Constant(LongType, [], tensor => tensor.Add(7, number));

    public string Numbers(double[] numbers, params int[] shape) => Constant(DoubleType, shape, tensor => tensor.Add(9, ProtobufMessage.Bytes(numbers)));

    public string Longs(params long[] numbers) => Constant(LongType, [numbers.Length], tensor =>
    {
        foreach (var number in numbers)
        {
            tensor.Add(7, number);
        }
    });

    public string Texts(params string[] texts) => Constant(TextType, [texts.Length], tensor => tensor.Add(6, texts));

    /// <param name="name">The name of the input.</param>
    /// <param name="element">What it takes.</param>
    /// <param name="width">How many of them a row.</param>
    /// <param name="documentation">What they mean, where the name does not say it.</param>
    public string Input(string name, Element element, int width, string? documentation = null)
    {
        var input = Value(name, element, width);
        _taken.Add(name);
        _inputs.Add(documentation is null ? input : input.Add(3, documentation));
        return name;
    }

    /// <summary>
    /// Adds a program, an operator for each instruction, over columns of a batch. What has no operator is composed of others by
    /// <see cref="PortableFunctions"/>.
    /// </summary>
    /// <returns>The names of the results.</returns>
    public string[] Add(Program program, IReadOnlyList<string> inputs)
    {
        program = program.Rewritten((code, x) => Operators.ContainsKey(code) ? null : PortableFunctions.Of(code, x));
        var names = new string[program.Instructions.Count];
        for (var i = 0; i < names.Length; i++)
        {
            var instruction = program.Instructions[i];
            names[i] = instruction.Code switch
            {
                OpCode.Constant => Number(instruction.Number),
                OpCode.Input => inputs[instruction.A],
                OpCode.MultiplyAdd => Node("Add", [Node("Mul", [names[instruction.A], names[instruction.B]]), names[instruction.C]]),
                _ => Node(
                    Operators[instruction.Code],
                    [.. Enumerable.Range(0, instruction.OperandCount).Select(k => names[instruction.Operand(k)])]),
            };
        }

        return [.. program.Outputs.Select(place => names[place])];
    }

    /// <summary>The graph as a message.</summary>
    public ProtobufMessage ToMessage(string name) =>
        new ProtobufMessage().Add(1, _nodes).Add(2, name).Add(5, _constants).Add(11, _inputs).Add(12, _outputs);

    private string Node(string type, string output, string[] inputs, ProtobufMessage[] attributes)
    {
        _nodes.Add(new ProtobufMessage().Add(1, inputs).Add(2, output).Add(3, NextName("node")).Add(4, type).Add(5, attributes));
        return output;
    }

    private static ProtobufMessage Value(string name, Element element, int? width)
    {
        var shape = new ProtobufMessage().Add(1, new ProtobufMessage().Add(2, "rows"));
        if (width is { } columns)
        {
            shape.Add(1, new ProtobufMessage().Add(1, columns));
        }

        var tensor = new ProtobufMessage().Add(1, (long)element).Add(2, shape);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }

    private string Constant(int type, int[] shape, Action<ProtobufMessage> fill)
    {
        var name = NextName("constant");
        var tensor = new ProtobufMessage();
        foreach (var size in shape)
        {
            tensor.Add(1, size);
        }

        tensor.Add(2, type);
        fill(tensor);
        _constants.Add(tensor.Add(8, name));
        return name;
    }

    private string NextName(string type) => $"{_prefix}{type}{(++_count).ToString(CultureInfo.InvariantCulture)}";
}

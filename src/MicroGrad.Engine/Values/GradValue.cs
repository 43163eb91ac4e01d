using System.Globalization;
using System.Runtime.CompilerServices;
using MicroGrad.Graphs;
using MicroGrad.Operations;

namespace MicroGrad;

/// <summary>
/// A number with its history: its data, its gradient, the operation that made it and that operation's ordered inputs.
/// Arithmetic on values records a graph; <see cref="Backward"/> runs the chain rule through it.
/// </summary>
/// <remarks>
/// Two values are equal only if they are the same object. There is no conversion to a number: PowerShell would use it in
/// <c>2.0 * $a</c> and drop the graph in silence. Read <see cref="Data"/> instead.
/// </remarks>
public sealed class GradValue
{
    private const int ShapeBits = 3;
    private const ulong ShapeMask = (1UL << ShapeBits) - 1;
    private const int WalkBits = 30;
    private const ulong ReachedMask = ((1UL << WalkBits) - 1) << ShapeBits;
    private const ulong ClearedMask = ReachedMask << WalkBits;

    // One input, or a list of them; of a leaf, its label or the source of its label. The few nodes with more than that have a
    // note of all. The type of the object tells which it is, as another thread may store a note at any time.
    private object? _left;

    // A second input or list: an n-ary operation may have two (a neuron's parameters, a neuron's inputs). Both are plain
    // fields, so that a node takes 56 bytes.
    private readonly object? _right;

    // The lowest bits are the shape of the operation, which never changes, and its number. Above them is the number of the
    // last walk that met this node; on a leaf, the last 30 bits of two walks: the backward pass that last reached it, and the
    // last clearing.
    private ulong _state;

    /// <summary>Makes a leaf. PowerShell converts whole numbers to values by this constructor.</summary>
    /// <param name="data">The number it holds.</param>
    public GradValue(double data) => RawData = data;

    /// <summary>Makes a leaf with a label.</summary>
    /// <param name="data">The number it holds.</param>
    /// <param name="label">The name that drawings and tables show, or null.</param>
    public GradValue(double data, string? label)
    {
        RawData = data;
        _left = label;
    }

    /// <summary>Makes a leaf whose label is made where it is read.</summary>
    internal GradValue(double data, ILabelSource label)
    {
        RawData = data;
        _left = label;
    }

    internal GradValue(UnaryOperation operation, GradValue input)
    {
        GradException.ThrowIfNull(input, "a value or a number");
        RawData = operation.Value(input.RawData);
        _left = WithOperation(input, operation);
        _state = StateOf(operation);
    }

    internal GradValue(BinaryOperation operation, GradValue left, GradValue right)
    {
        GradException.ThrowIfNull(left, "a value or a number");
        GradException.ThrowIfNull(right, "a value or a number");
        RawData = operation.Value(left.RawData, right.RawData);
        _left = WithOperation(left, operation);
        _right = right;
        _state = StateOf(operation);
    }

    /// <remarks>The node keeps the given arrays, which callers must not change.</remarks>
    internal GradValue(NaryOperation operation, GradValue[] left, GradValue[]? right = null)
        : this(operation, new ValueList(left), right is null ? null : new ValueList(right))
    {
    }

    /// <summary>Makes a node over lists that it shares with others.</summary>
    internal GradValue(NaryOperation operation, ValueList left, ValueList? right)
    {
        _left = WithOperation(left, operation);
        _right = right;
        _state = StateOf(operation);
        RawData = operation.Value(left.Values, RightList);
    }

    /// <summary>Makes a node over lists that it shares with others, its value known already.</summary>
    internal GradValue(NaryOperation operation, ValueList left, ValueList? right, double data)
    {
        _left = WithOperation(left, operation);
        _right = right;
        _state = StateOf(operation);
        RawData = data;
    }

    /// <summary>The value. It can be set by hand; <see cref="Forward"/> then brings what depends on it up to date.</summary>
    public double Data
    {
        get => DataWatch.Show(RawData);
        set => RawData = value;
    }

    /// <summary>The derivative of the last root of a backward pass by this value; on a leaf, the sum over all passes.</summary>
    public double Grad
    {
        get => DataWatch.Show(RawGrad);
        set
        {
            RawGrad = value;
            if (IsLeaf)
            {
                Reach(GraphWalk.Begin());
            }
        }
    }

    /// <summary>The name that drawings and tables show, or null.</summary>
    public string? Label
    {
        get
        {
            var left = _left;
            return left is Note note ? note.Label : LabelIn(left);
        }

        set
        {
            var left = _left;
            var isSet = left is not Note && (IsLeaf
                ? Interlocked.CompareExchange(ref _left, value, left) == left
                : value is null);
            if (!isSet)
            {
                RequireNote().Label = value;
            }
        }
    }

    /// <summary>
    /// The derivative of the last root by this value, of a backward pass that made graphs. It is a value itself, so that a
    /// backward pass from it gives second derivatives. Null before such a pass, and again once the gradient is cleared.
    /// </summary>
    public GradValue? GradGraph
    {
        get => (_left as Note)?.GradGraph;
        internal set
        {
            if (value is not null || _left is Note)
            {
                RequireNote().GradGraph = value;
            }
        }
    }

    /// <summary>The symbol of the operation that made this value, or an empty string for a leaf.</summary>
    public string Op => Operation?.Symbol ?? string.Empty;

    /// <summary>Whether this value was given rather than computed.</summary>
    public bool IsLeaf => Shape == OperationShape.Leaf;

    /// <summary>The values this one was computed from, in order; a value used twice stands twice. A copy.</summary>
    public GradValue[] Inputs
    {
        get
        {
            var inputs = new GradValue[InputCount];
            for (var i = 0; i < inputs.Length; i++)
            {
                inputs[i] = InputAt(i);
            }

            return inputs;
        }
    }

    /// <summary>
    /// The data as the engine reads it, which is no read of a symbolic value's number (<see cref="DataWatch"/>).
    /// </summary>
    internal double RawData { get; set; }

    /// <summary>The gradient as the engine reads it.</summary>
    internal double RawGrad { get; set; }

    /// <summary>What made this node, or null for a leaf.</summary>
    internal Operation? Operation => _left is Note note ? note.Operation : NumberedOperation;

    /// <summary>How the operation takes its inputs.</summary>
    internal OperationShape Shape => (OperationShape)(_state & ShapeMask);

    // The operation's shape decides what the inputs are, without a type test.
    internal GradValue Left => Unsafe.As<GradValue>(LeftOrList!);

    internal GradValue Right => Unsafe.As<GradValue>(_right!);

    internal ValueList LeftInputs => Unsafe.As<ValueList>(LeftOrList!);

    internal ValueList? RightInputs => Unsafe.As<ValueList?>(_right);

    internal GradValue[] LeftList => LeftInputs.Values;

    internal GradValue[] RightList => RightInputs?.Values ?? [];

    internal int InputCount => Shape switch
    {
        OperationShape.Leaf => 0,
        OperationShape.Unary => 1,
        OperationShape.Binary or OperationShape.Addition or OperationShape.Product => 2,
        _ => LeftList.Length + RightList.Length,
    };

    private object? LeftOrList
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // Read once, as another thread may store a note.
            var left = _left;
            return left is Note note ? note.Left : left;
        }
    }

    private Operation? NumberedOperation => IsLeaf ? null : Operation.Numbered((int)(_state >> ShapeBits) & (Operation.EndOfNumbers - 1));

    /// <summary>A plain number is a leaf wherever a value is expected.</summary>
    /// <param name="data">The number.</param>
    public static implicit operator GradValue(double data) => new(data);

    /// <summary>a + b.</summary>
    /// <param name="left">a.</param>
    /// <param name="right">b.</param>
    public static GradValue operator +(GradValue left, GradValue right) => new(Operations.Add.Instance, left, right);

    /// <summary>a - b.</summary>
    /// <param name="left">a.</param>
    /// <param name="right">b.</param>
    public static GradValue operator -(GradValue left, GradValue right) => new(Subtract.Instance, left, right);

    /// <summary>a * b.</summary>
    /// <param name="left">a.</param>
    /// <param name="right">b.</param>
    public static GradValue operator *(GradValue left, GradValue right) => new(Multiply.Instance, left, right);

    /// <summary>a / b; division by zero gives infinity or NaN, as in floating point.</summary>
    /// <param name="left">a.</param>
    /// <param name="right">b.</param>
    public static GradValue operator /(GradValue left, GradValue right) => new(Divide.Instance, left, right);

    /// <summary>-a. PowerShell evaluates <c>-$a</c> as <c>0 - $a</c> instead.</summary>
    /// <param name="value">a.</param>
    public static GradValue operator -(GradValue value) => new(Negate.Instance, value);

    /// <summary>The sum of all values, added in order; 0 for none.</summary>
    /// <param name="values">Any number of values.</param>
    public static GradValue Sum(params GradValue[] values) => new(Operations.Sum.Instance, Checked(values));

    /// <summary>The arithmetic mean of one or more values.</summary>
    /// <param name="values">At least one value.</param>
    /// <exception cref="GradException">There is no value (id <c>EmptyInput</c>).</exception>
    public static GradValue Mean(params GradValue[] values) => new(Operations.Mean.Instance, CheckedNotEmpty(values, "mean"));

    /// <summary>The dot product of two lists of one length, added in order.</summary>
    /// <param name="left">The first list.</param>
    /// <param name="right">The second list, as long as the first.</param>
    /// <exception cref="GradException">The lengths differ (id <c>LengthMismatch</c>).</exception>
    public static GradValue Dot(GradValue[] left, GradValue[] right)
    {
        var (a, b) = (Checked(left), Checked(right));
        return a.Length == b.Length
            ? new(Operations.Dot.Instance, a, b)
            : throw new GradException(
                "LengthMismatch",
                $"A dot product needs two lists of one length, but these have {a.Length} and {b.Length} values.");
    }

    /// <summary>The softmax e^xi / (e^x1 + … + e^xn): one value for each input, together 1. Right at any size of input.</summary>
    /// <param name="values">At least one value.</param>
    /// <exception cref="GradException">There is no value (id <c>EmptyInput</c>).</exception>
    public static GradValue[] Softmax(params GradValue[] values) =>
        Operations.Softmax.Nodes(new ValueList(CheckedNotEmpty(values, "softmax")));

    /// <summary>log(e^x1 + … + e^xn). Right at any size of input.</summary>
    /// <param name="values">At least one value.</param>
    /// <exception cref="GradException">There is no value (id <c>EmptyInput</c>).</exception>
    public static GradValue LogSumExp(params GradValue[] values) =>
        new(Operations.LogSumExp.Instance, CheckedNotEmpty(values, "logsumexp"));

    /// <summary>
    /// One of two values by a comparison: <paramref name="larger"/> where a &gt; b, <paramref name="otherwise"/> where
    /// a &lt;= b, NaN where neither holds. Unlike an if statement, it is part of the graph.
    /// </summary>
    /// <param name="a">The left side of the comparison; no gradient flows to it.</param>
    /// <param name="b">The right side of the comparison; no gradient flows to it.</param>
    /// <param name="larger">The value where a &gt; b.</param>
    /// <param name="otherwise">The value where a &lt;= b.</param>
    public static GradValue Choose(GradValue a, GradValue b, GradValue larger, GradValue otherwise) =>
        new(Operations.Choose.Instance, Checked([a, b, larger, otherwise]));

    /// <summary>weights · inputs + bias: one weighted sum for each row of weights, as a layer makes without its activation.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="weights">A row of weights for each output, each as long as the inputs.</param>
    /// <param name="bias">One for each output, or null for none.</param>
    /// <exception cref="GradException">The lengths differ (id <c>LengthMismatch</c>).</exception>
    public static GradValue[] Linear(GradValue[] inputs, GradValue[][] weights, GradValue[]? bias = null) =>
        ListFunctions.Linear(inputs, weights, bias);

    /// <summary>a + b, place by place.</summary>
    /// <param name="left">The first list.</param>
    /// <param name="right">The second list, as long as the first.</param>
    /// <exception cref="GradException">The lengths differ (id <c>LengthMismatch</c>).</exception>
    public static GradValue[] Add(GradValue[] left, GradValue[] right) => ListFunctions.Add(left, right);

    /// <summary>Each value times one factor.</summary>
    /// <param name="values">Any number of values.</param>
    /// <param name="factor">The factor.</param>
    public static GradValue[] Scale(GradValue[] values, GradValue factor) => ListFunctions.Scale(values, factor);

    /// <summary>Each value over the root of the mean of all squares: x / sqrt(mean(x^2) + epsilon).</summary>
    /// <param name="values">Any number of values.</param>
    /// <param name="epsilon">Keeps values that are all 0 from a division by 0.</param>
    public static GradValue[] RmsNorm(GradValue[] values, double epsilon = 1e-5) => ListFunctions.RmsNorm(values, epsilon);

    /// <summary>max(0, x) of each value, with derivative 0 at 0.</summary>
    /// <param name="values">Any number of values.</param>
    public static GradValue[] Relu(GradValue[] values) => Array.ConvertAll(values, value => value.Relu());

    /// <summary>The cross entropy of logits against the class at an index: -ln softmax(logits)[index]. Right at any size of logit.</summary>
    /// <param name="logits">One for each class.</param>
    /// <param name="index">The place of the right class, from 0.</param>
    /// <exception cref="GradException">There is no such class (id <c>IndexOutOfRange</c>).</exception>
    public static GradValue CrossEntropy(GradValue[] logits, int index) => ListFunctions.CrossEntropy(logits, index);

    /// <summary>The same with an index that is a value itself, so that a compiled function looks it up for each row.</summary>
    /// <inheritdoc cref="CrossEntropy(GradValue[], int)"/>
    public static GradValue CrossEntropy(GradValue[] logits, GradValue index) => ListFunctions.CrossEntropy(logits, index);

    /// <summary>
    /// The value at an index that is a value itself: part of the graph, unlike an index of the language, so that a compiled
    /// function looks it up for each row. The values that are not looked up get no gradient.
    /// </summary>
    /// <param name="values">The values to choose from.</param>
    /// <param name="index">The place, from 0; no gradient flows to it.</param>
    /// <exception cref="GradException">There is no such place (id <c>IndexOutOfRange</c>).</exception>
    public static GradValue Gather(GradValue[] values, GradValue index) => ListFunctions.Gather(values, index);

    /// <summary>The row at an index that is a value itself, such as the numbers that stand for a letter.</summary>
    /// <param name="rows">The rows to choose from, all of one length.</param>
    /// <param name="index">The place, from 0; no gradient flows to it.</param>
    /// <exception cref="GradException">
    /// There is no such place (id <c>IndexOutOfRange</c>), or the lengths differ (id <c>LengthMismatch</c>).
    /// </exception>
    public static GradValue[] GatherRow(GradValue[][] rows, GradValue index) => ListFunctions.GatherRow(rows, index);

    /// <summary>This value to the power of a number.</summary>
    /// <param name="exponent">The exponent; 0^0 is 1.</param>
    public GradValue Pow(double exponent) => new(PowerOfConstant.Of(exponent), this);

    /// <summary>This value to the power of another, differentiated by both.</summary>
    /// <param name="exponent">The exponent; 0^0 is 1.</param>
    public GradValue Pow(GradValue exponent) => new(Power.Instance, this, exponent);

    /// <summary>e to the power of this value.</summary>
    public GradValue Exp() => new(Operations.Exp.Instance, this);

    /// <summary>The natural logarithm: NaN below 0, minus infinity at 0.</summary>
    public GradValue Log() => new(Operations.Log.Instance, this);

    /// <summary>The square root: NaN below 0.</summary>
    public GradValue Sqrt() => new(Operations.Sqrt.Instance, this);

    /// <summary>The absolute value, with derivative 0 at 0.</summary>
    public GradValue Abs() => new(Operations.Abs.Instance, this);

    /// <summary>The hyperbolic tangent.</summary>
    public GradValue Tanh() => new(Operations.Tanh.Instance, this);

    /// <summary>The logistic function 1 / (1 + e^-x).</summary>
    public GradValue Sigmoid() => new(Operations.Sigmoid.Instance, this);

    /// <summary>max(0, x), with derivative 0 at 0.</summary>
    public GradValue Relu() => new(Operations.Relu.Instance, this);

    /// <summary>x for positive x, 0.01 x elsewhere.</summary>
    public GradValue LeakyRelu() => new(Operations.LeakyRelu.Instance, this);

    /// <summary>x for positive x, e^x - 1 elsewhere.</summary>
    public GradValue Elu() => new(Operations.Elu.Instance, this);

    /// <summary>x times the normal distribution function of x, in its exact form.</summary>
    public GradValue Gelu() => new(Operations.Gelu.Instance, this);

    /// <summary>x sigmoid(x), also called swish.</summary>
    public GradValue Silu() => new(Operations.Silu.Instance, this);

    /// <summary>log(1 + e^x).</summary>
    public GradValue Softplus() => new(Operations.Softplus.Instance, this);

    /// <summary>The sine, of radians.</summary>
    public GradValue Sin() => new(Operations.Sin.Instance, this);

    /// <summary>The cosine, of radians.</summary>
    public GradValue Cos() => new(Operations.Cos.Instance, this);

    /// <summary>The larger of this value and another; a tie's gradient goes to this one.</summary>
    /// <param name="other">The other value.</param>
    public GradValue Max(GradValue other) => new(Operations.Max.Instance, this, other);

    /// <summary>The smaller of this value and another; a tie's gradient goes to this one.</summary>
    /// <param name="other">The other value.</param>
    public GradValue Min(GradValue other) => new(Operations.Min.Instance, this, other);

    /// <summary>
    /// Backpropagates from this value: the gradients of all computed values in its graph are set anew, and those of its
    /// leaves grow by the derivative of this value by each of them.
    /// </summary>
    /// <param name="gradient">The gradient that this value itself starts with.</param>
    public void Backward(double gradient = 1) => Backpropagation.Run(this, gradient);

    /// <summary>Computes all values of this graph again, after leaves were changed. Gradients stay as they are.</summary>
    public void Forward() => ForwardPass.Run(this);

    /// <summary>Sets the gradient of this value, and of all that it was computed from, to 0.</summary>
    public void ZeroGrad() => Backpropagation.Clear([this]);

    /// <summary>Clears the gradient of this value alone: the number is 0, the graph is null.</summary>
    internal void ClearGrad(GraphWalk walk)
    {
        RawGrad = 0;
        GradGraph = null;
        if (IsLeaf)
        {
            _state = (_state & ~ClearedMask) | (((walk.Count << ShapeBits) & ReachedMask) << WalkBits);
        }
    }

    /// <summary>Notes that a backward pass adds to this leaf's gradient, or that it is set by hand.</summary>
    internal void Reach(GraphWalk walk) => _state = (_state & ~ReachedMask) | ((walk.Count << ShapeBits) & ReachedMask);

    /// <summary>Whether no backward pass has reached this leaf since another's gradient was cleared.</summary>
    internal bool IsReachedBeforeClearingOf(GradValue other)
    {
        var cleared = (other._state & ClearedMask) >> WalkBits;
        return cleared != 0 && IsEarlier(_state & ReachedMask, cleared);
    }

    /// <summary>Whether this leaf's gradient was last cleared before another's.</summary>
    internal bool IsClearedBefore(GradValue other) =>
        IsEarlier((_state & ClearedMask) >> WalkBits, (other._state & ClearedMask) >> WalkBits);

    /// <remarks>The numbers wrap around. The sign of their distance is right for up to half a billion walks.</remarks>
    private static bool IsEarlier(ulong walk, ulong other) => (long)((walk - other) << (64 - WalkBits - ShapeBits)) < 0;

    /// <summary>Sets the label and gives the value itself, so that a formula can name its parts: <c>(a * b).As("e")</c>.</summary>
    /// <param name="label">The name that drawings and tables show, or null.</param>
    public GradValue As(string? label)
    {
        Label = label;
        return this;
    }

    /// <summary>A new leaf with this value's data and label: gradients do not flow through it to this value.</summary>
    public GradValue Detach() => new(Data, Label);

    /// <inheritdoc/>
    public override string ToString()
    {
        var numbers = string.Create(CultureInfo.InvariantCulture, $"data={RawData:R}, grad={RawGrad:R}");
        return Label is null ? $"GradValue({numbers})" : $"GradValue({numbers}, label={VisibleText.Of(Label)})";
    }

    internal static GradValue Apply(UnaryOperation operation, GradValue input) => new(operation, input);

    /// <summary>Whether a walk has met this node.</summary>
    internal bool IsMetBy(GraphWalk walk) => (_state ^ walk.Number) < GraphWalk.Step;

    /// <summary>Notes that a walk has met this node.</summary>
    internal void Meet(GraphWalk walk) => _state = walk.Number | (_state & (GraphWalk.Step - 1));

    internal GradValue InputAt(int index) => Shape switch
    {
        OperationShape.Unary => Left,
        OperationShape.Binary or OperationShape.Addition or OperationShape.Product => index == 0 ? Left : Right,
        _ when index < LeftList.Length => LeftList[index],
        _ => RightList[index - LeftList.Length],
    };

    /// <summary>What a node holds as its left side: a note where nothing else tells the operation.</summary>
    private static object WithOperation(object left, Operation operation) =>
        operation.Number > 0 ? left : new Note { Left = left, Operation = operation };

    private static ulong StateOf(Operation operation) => (ulong)operation.Shape | ((ulong)operation.Number << ShapeBits);

    private string? LabelIn(object? left) => left as string ?? (left as ILabelSource)?.LabelOf(this);

    private Note RequireNote()
    {
        while (true)
        {
            var left = _left;
            if (left is Note note)
            {
                return note;
            }

            note = new Note { Left = left, Operation = NumberedOperation, Label = LabelIn(left) };
            if (Interlocked.CompareExchange(ref _left, note, left) == left)
            {
                return note;
            }
        }
    }

    /// <summary>A private copy of a caller's array; null elements are refused.</summary>
    internal static GradValue[] Checked(GradValue[] values)
    {
        GradException.ThrowIfNull(values, "a list of values or numbers");
        var copy = (GradValue[])values.Clone();
        foreach (var value in copy)
        {
            GradException.ThrowIfNull(value, "a value or a number");
        }

        return copy;
    }

    private static GradValue[] CheckedNotEmpty(GradValue[] values, string operation) =>
        Checked(values) is { Length: > 0 } copy
            ? copy
            : throw new GradException("EmptyInput", $"The {operation} of no values is not defined; give at least one.");

    /// <summary>Data of a few nodes besides their numbers, for which the others need no memory.</summary>
    private sealed class Note
    {
        /// <summary>The node's first input or list.</summary>
        public object? Left { get; init; }

        public Operation? Operation { get; init; }

        public string? Label { get; set; }

        public GradValue? GradGraph { get; set; }
    }
}

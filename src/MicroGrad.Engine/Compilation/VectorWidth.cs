using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MicroGrad.Compilation;

/// <summary>A width of vectors, and the methods that the compiler emits calls of: the processor's own instructions.</summary>
internal sealed class VectorWidth
{
    public static readonly VectorWidth V128 = new(typeof(Vector128), typeof(Vector128<>), 2);
    public static readonly VectorWidth V256 = new(typeof(Vector256), typeof(Vector256<>), 4);
    public static readonly VectorWidth V512 = new(typeof(Vector512), typeof(Vector512<>), 8);

    /// <summary>Whether a product and a sum are rounded once. Then they are at every width.</summary>
    public static readonly bool IsFused = Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    private readonly Type _class;
    private readonly MethodInfo[] _methods;

    private VectorWidth(Type @class, Type generic, int lanes)
    {
        _class = @class;
        _methods = @class.GetMethods(BindingFlags.Public | BindingFlags.Static);
        Lanes = lanes;
        Doubles = generic.MakeGenericType(typeof(double));
        var longs = generic.MakeGenericType(typeof(long));
        Create = _class.GetMethod("Create", [typeof(double)])!;
        AsLongs = Find("AsInt64", 1, typeof(double));
        AsDoubles = Find("AsDouble", 1, typeof(long));
        AddLongs = Find("Add", 2, typeof(long));
        ShiftLeft = _class.GetMethod("ShiftLeft", [longs, typeof(int)])!;
        ShiftRight = _class.GetMethod("ShiftRightLogical", [longs, typeof(int)])!;
        FusedMultiplyAdd = _class.GetMethod("FusedMultiplyAdd", [Doubles, Doubles, Doubles])!;
        Add = Find("Add", 2, typeof(double));
        Subtract = Find("Subtract", 2, typeof(double));
        Multiply = _methods.Single(m => m.Name == "Multiply" && m.GetParameters().All(p => !p.ParameterType.IsGenericParameter))
            .MakeGenericMethod(typeof(double));
        Negate = Find("Negate", 1, typeof(double));
        Plain = new()
        {
            [OpCode.Add] = Add,
            [OpCode.Subtract] = Subtract,
            [OpCode.Multiply] = Multiply,
            [OpCode.Product] = Multiply,
            [OpCode.Divide] = _methods.Single(m => m.Name == "Divide" && m.GetParameters().All(p => !p.ParameterType.IsGenericParameter))
                .MakeGenericMethod(typeof(double)),
            [OpCode.Negate] = Negate,
            [OpCode.Abs] = Find("Abs", 1, typeof(double)),
            [OpCode.Sqrt] = Find("Sqrt", 1, typeof(double)),
            [OpCode.Max] = Find("Max", 2, typeof(double)),
            [OpCode.Min] = Find("Min", 2, typeof(double)),
            [OpCode.MaxNative] = Find("MaxNative", 2, typeof(double)),
            [OpCode.MinNative] = Find("MinNative", 2, typeof(double)),
            [OpCode.Greater] = Find("GreaterThan", 2, typeof(double)),
            [OpCode.GreaterOrEqual] = Find("GreaterThanOrEqual", 2, typeof(double)),
            [OpCode.LessOrEqual] = Find("LessThanOrEqual", 2, typeof(double)),
            [OpCode.Equal] = Find("Equals", 2, typeof(double)),
            [OpCode.Select] = Find("ConditionalSelect", 3, typeof(double)),
            [OpCode.And] = Find("BitwiseAnd", 2, typeof(double)),
            [OpCode.Or] = Find("BitwiseOr", 2, typeof(double)),
        };
    }

    /// <summary>The widest vectors that the processor has; two lanes, if need be in software, everywhere.</summary>
    public static VectorWidth Widest =>
        Vector512.IsHardwareAccelerated ? V512 : Vector256.IsHardwareAccelerated ? V256 : V128;

    /// <summary>How many samples a vector holds.</summary>
    public int Lanes { get; }

    /// <summary>The vector's type.</summary>
    public Type Doubles { get; }

    public MethodInfo Create { get; }

    public MethodInfo Add { get; }

    public MethodInfo Subtract { get; }

    public MethodInfo Multiply { get; }

    public MethodInfo Negate { get; }

    public MethodInfo FusedMultiplyAdd { get; }

    public MethodInfo AsLongs { get; }

    public MethodInfo AsDoubles { get; }

    public MethodInfo AddLongs { get; }

    public MethodInfo ShiftLeft { get; }

    public MethodInfo ShiftRight { get; }

    /// <summary>Codes that are one call over their operands in order.</summary>
    public Dictionary<OpCode, MethodInfo> Plain { get; }

    private MethodInfo Find(string name, int parameters, Type type) =>
        _methods.Single(m => m.Name == name && m.IsGenericMethodDefinition && m.GetParameters().Length == parameters)
            .MakeGenericMethod(type);
}

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

    /// <summary>Whether a product and a sum are rounded once; the same at every width.</summary>
    public static readonly bool IsFused = Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    private readonly Type _class;
    private readonly Type _ofAny;

    private VectorWidth(Type @class, Type generic, int lanes)
    {
        _class = @class;
        _ofAny = generic.MakeGenericType(Type.MakeGenericMethodParameter(0));
        Lanes = lanes;
        Doubles = generic.MakeGenericType(typeof(double));
        var longs = generic.MakeGenericType(typeof(long));
        Create = Find(nameof(Vector128.Create), typeof(double));
        AsLongs = Find(nameof(Vector128.AsInt64), 1, typeof(double));
        AsDoubles = Find(nameof(Vector128.AsDouble), 1, typeof(long));
        AddLongs = Find(nameof(Vector128.Add), 2, typeof(long));
        ShiftLeft = Find(nameof(Vector128.ShiftLeft), longs, typeof(int));
        ShiftRight = Find(nameof(Vector128.ShiftRightLogical), longs, typeof(int));
        FusedMultiplyAdd = Find(nameof(Vector128.FusedMultiplyAdd), Doubles, Doubles, Doubles);
        Add = Find(nameof(Vector128.Add), 2, typeof(double));
        Subtract = Find(nameof(Vector128.Subtract), 2, typeof(double));
        Multiply = Find(nameof(Vector128.Multiply), 2, typeof(double));
        Negate = Find(nameof(Vector128.Negate), 1, typeof(double));
        Plain = new()
        {
            [OpCode.Add] = Add,
            [OpCode.Subtract] = Subtract,
            [OpCode.Multiply] = Multiply,
            [OpCode.Product] = Multiply,
            [OpCode.Divide] = Find(nameof(Vector128.Divide), 2, typeof(double)),
            [OpCode.Negate] = Negate,
            [OpCode.Abs] = Find(nameof(Vector128.Abs), 1, typeof(double)),
            [OpCode.Sqrt] = Find(nameof(Vector128.Sqrt), 1, typeof(double)),
            [OpCode.Max] = Find(nameof(Vector128.Max), 2, typeof(double)),
            [OpCode.Min] = Find(nameof(Vector128.Min), 2, typeof(double)),
            [OpCode.MaxNative] = Find(nameof(Vector128.MaxNative), 2, typeof(double)),
            [OpCode.MinNative] = Find(nameof(Vector128.MinNative), 2, typeof(double)),
            [OpCode.Greater] = Find(nameof(Vector128.GreaterThan), 2, typeof(double)),
            [OpCode.LessOrEqual] = Find(nameof(Vector128.LessThanOrEqual), 2, typeof(double)),
            [OpCode.Equal] = Find(nameof(Vector128.Equals), 2, typeof(double)),
            [OpCode.Select] = Find(nameof(Vector128.ConditionalSelect), 3, typeof(double)),
            [OpCode.And] = Find(nameof(Vector128.BitwiseAnd), 2, typeof(double)),
            [OpCode.Or] = Find(nameof(Vector128.BitwiseOr), 2, typeof(double)),
            [OpCode.MultiplyAdd] = FusedMultiplyAdd,
        };
    }

    /// <summary>The widest vectors that the processor has; where it has none, two lanes in software.</summary>
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

    /// <summary>The generic method with exactly so many vectors as its parameters, over numbers of a type.</summary>
    private MethodInfo Find(string name, int vectors, Type number) =>
        _class.GetMethod(name, 1, [.. Enumerable.Repeat(_ofAny, vectors)])!.MakeGenericMethod(number);

    /// <summary>The method with exactly these parameters.</summary>
    private MethodInfo Find(string name, params Type[] parameters) => _class.GetMethod(name, parameters)!;
}

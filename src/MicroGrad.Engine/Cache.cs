using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MicroGrad;

/// <summary>The processor's cache.</summary>
internal static class Cache
{
    /// <summary>Starts to load a number that is soon read, without waiting for it. Does nothing where there is no such instruction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ref T number)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref number));
        }
    }
}

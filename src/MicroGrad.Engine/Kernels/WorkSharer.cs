using System.Runtime.CompilerServices;

namespace MicroGrad.Kernels;

/// <summary>
/// Does numbered blocks of work, on pool threads beside the caller's. Any thread may do any block, so that a block must
/// write only what no other block reads or writes; then results do not depend on the number of threads.
/// </summary>
internal sealed class WorkSharer : IThreadPoolWorkItem
{
    // Fewer operations than these take less time than waking a helper.
    private const long WorthSharing = 1_000_000;

    // How long a helper spins for the next work before it gives its thread back, in iterations.
    private const int Patience = 2000;

    private readonly int _helpers;
    private CancellationToken _stop;
    private Action<int> _work = _ => { };
    private Exception? _failure;
    private int _unclaimed;
    private int _unfinished;
    private int _present;

    /// <param name="threads">How many threads may work at once, the caller's too.</param>
    public WorkSharer(int threads) => _helpers = threads - 1;

    /// <summary>Whether the work is to end. Long blocks check it and return early.</summary>
    public bool IsStopping => _stop.IsCancellationRequested;

    /// <summary>Ends all work from now on when a token is cancelled.</summary>
    public void StopBy(CancellationToken token) => _stop = token;

    /// <summary>Does blocks 0 … count-1, each once, in any order, and returns when all are done. One caller at a time.</summary>
    /// <param name="count">How many blocks.</param>
    /// <param name="work">What to do with each.</param>
    /// <param name="operations">How much work it is altogether, in floating-point operations.</param>
    /// <exception cref="OperationCanceledException">The work was stopped; what the blocks wrote is of no use.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int count, Action<int> work, long operations)
    {
        if (_helpers == 0 || count <= 1 || operations < WorthSharing)
        {
            for (var block = 0; block < count && !IsStopping; block++)
            {
                work(block);
            }

            _stop.ThrowIfCancellationRequested();
        }
        else
        {
            Share(count, work);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var waited = 0; waited < Patience; waited++)
        {
            if (Volatile.Read(ref _unclaimed) > 0)
            {
                DoBlocks();
                waited = 0;
            }

            Thread.SpinWait(8);
        }

        Interlocked.Decrement(ref _present);
    }

    // A method of its own: most trainings at a prompt are too small for it, and never compile it.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Share(int count, Action<int> work)
    {
        _work = work;
        _unfinished = count;
        Volatile.Write(ref _unclaimed, count);
        for (var missing = Math.Min(_helpers, count - 1) - Volatile.Read(ref _present); missing > 0; missing--)
        {
            Interlocked.Increment(ref _present);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        DoBlocks();
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _unfinished) > 0)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            throw new AggregateException(failure);
        }

        _stop.ThrowIfCancellationRequested();
    }

    private void DoBlocks()
    {
        // Blocks are taken by a claim alone, so that a late helper gets none, even if the next work has begun by then.
        int block;
        while ((block = Interlocked.Decrement(ref _unclaimed)) >= 0)
        {
            try
            {
                if (!IsStopping)
                {
                    _work(block);
                }
            }
#pragma warning disable CA1031 // An exception on a pool thread would end the process; the caller gets it instead.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _failure = error;
            }

            Interlocked.Decrement(ref _unfinished);
        }
    }
}

using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;

namespace MicroGrad.PowerShell.Trials;

/// <summary>What a worker tells: how a trial ended, or that the worker itself did.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Task">The trial; null where the worker ended between two.</param>
/// <param name="Outcome">What the trial came to; null where the worker ended.</param>
/// <param name="Failure">Why the worker ended.</param>
internal sealed record TrialReport(TrialWorker Worker, TrialTask? Task, TrialOutcome? Outcome, string? Failure);

/// <summary>Workers that do trials side by side, each on a thread that waits for it.</summary>
internal sealed class TrialPool : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly BlockingCollection<TrialTask> _tasks = [];
    private readonly BlockingCollection<TrialReport> _reports = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<TrialWorker> _workers;
    private readonly List<Thread> _threads = [];

    public TrialPool(IEnumerable<TrialWorker> workers, TrialRows rows)
    {
        _workers = [.. workers];
        var shared = new Lazy<Hashtable[]>(rows.ToRows);
        foreach (var worker in _workers)
        {
            var thread = new Thread(() => Work(worker, shared)) { IsBackground = true, Name = worker.Name };
            thread.Start();
            _threads.Add(thread);
        }
    }

    /// <summary>Gives a trial to the next worker that is free.</summary>
    public void Add(TrialTask task) => _tasks.Add(task);

    /// <summary>The next report, or null where none comes in a while.</summary>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public TrialReport? Take(TimeSpan patience, CancellationToken token) =>
        _reports.TryTake(out var report, (int)patience.TotalMilliseconds, token) ? report : null;

    /// <summary>Ends the workers when all is done, and waits until they have left their sessions.</summary>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public void Complete(CancellationToken token)
    {
        _tasks.CompleteAdding();
        foreach (var thread in _threads)
        {
            while (!thread.Join(Moment))
            {
                token.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Stops what still runs, without waiting for it.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _workers.ForEach(worker => worker.Stop());
    }

    private void Work(TrialWorker worker, Lazy<Hashtable[]> rows)
    {
        TrialTask? task = null;
        try
        {
            worker.Open(rows);
            foreach (var next in _tasks.GetConsumingEnumerable(_stopping.Token))
            {
                task = next;
                var outcome = worker.Run(task);
                task = null;
                _reports.Add(new TrialReport(worker, next, outcome, null));
            }

            worker.Close();
        }
        catch (Exception error) when (error is OperationCanceledException or PipelineStoppedException && _stopping.IsCancellationRequested)
        {
            worker.Close();
        }
        catch (Exception error)
        {
            // Nobody is above this thread: whatever ended the worker, its trial goes to others. Nothing more is sent to it:
            // PowerShell does not survive a second write to an SSH session that died.
            _reports.Add(new TrialReport(worker, task, null, error.Message));
        }
    }
}

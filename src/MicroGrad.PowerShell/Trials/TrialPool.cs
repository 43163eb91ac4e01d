using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;

namespace MicroGrad.PowerShell.Trials;

/// <summary>A worker's report: the outcome of a trial, or the end of the worker itself.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Task">The trial; null where the worker ended between trials.</param>
/// <param name="Outcome">The outcome of the trial; null where the worker ended.</param>
/// <param name="Failure">Why the worker ended.</param>
internal sealed record TrialReport(TrialWorker Worker, TrialTask? Task, TrialOutcome? Outcome, string? Failure);

/// <summary>Workers that run trials side by side, each on a thread that waits for it.</summary>
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

    /// <summary>Queues a trial for the next free worker.</summary>
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
            // An exception would end the process, so all are caught: another worker gets the trial. Nothing more is sent to this one:
            // PowerShell does not survive a second write to an SSH session that died.
            _reports.Add(new TrialReport(worker, task, null, error.Message));
        }
    }
}

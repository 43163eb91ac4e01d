using System.Globalization;
using System.Management.Automation;
using MicroGrad.PowerShell.Host;
using MicroGrad.Selection;

namespace MicroGrad.PowerShell.Trials;

/// <summary>Runs the trials of a search on workers, and returns each as it ends.</summary>
/// <param name="cmdlet">The cmdlet, which shows progress and warnings.</param>
/// <param name="plan">The trials.</param>
/// <param name="workers">What runs them.</param>
/// <param name="rows">Their rows.</param>
/// <param name="file">Where results are kept; null for nowhere.</param>
internal sealed class TrialSearch(CancellableCommand cmdlet, TrialPlan plan, IReadOnlyList<TrialWorker> workers, TrialRows rows, TrialFile? file)
    : IDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    private readonly ProgressRecord _progress = new(0, $"Trying {plan.Settings.Count} settings", "Starting");
    private TrialPool? _pool;
    private int _workerCount = workers.Count;
    private double? _best;

    /// <summary>Trains every trial in full.</summary>
    /// <exception cref="GradException">A trial fails for another reason than divergence (id <c>TrialFailed</c>), or no worker is left (id <c>NoWorkerLeft</c>).</exception>
    public IEnumerable<MlpTrial> RunAll() => Completed(Round([.. AllTrials], plan.EpochsOf, "Trial"));

    /// <summary>Trains by successive halving: a trial is returned when it drops out, the last ones when they are trained in full.</summary>
    /// <exception cref="GradException">Those of <see cref="RunAll"/>.</exception>
    public IEnumerable<MlpTrial> RunHalving(IReadOnlyList<HalvingRound> rounds) => Completed(Halve(rounds));

    /// <summary>Stops what still runs.</summary>
    public void Dispose() => _pool?.Dispose();

    private IEnumerable<int> AllTrials => Enumerable.Range(1, plan.Settings.Count);

    private IEnumerable<MlpTrial> Halve(IReadOnlyList<HalvingRound> rounds)
    {
        int[] left = [.. AllTrials];
        foreach (var (index, round) in rounds.Index())
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"Round {index + 1} of {rounds.Count} ({round.Epochs} epochs), trial");
            var results = Round(left, _ => round.Epochs, title);
            if (index == rounds.Count - 1)
            {
                foreach (var trial in results)
                {
                    yield return trial;
                }

                continue;
            }

            MlpTrial[] ranked = [.. SuccessiveHalving.Ranked(results)];
            left = [.. ranked.Take(rounds[index + 1].Count).Select(trial => trial.Trial).Order()];
            foreach (var trial in ranked.Skip(left.Length))
            {
                yield return trial;
            }
        }
    }

    private IEnumerable<MlpTrial> Completed(IEnumerable<MlpTrial> trials)
    {
        foreach (var trial in trials)
        {
            yield return trial;
        }

        _pool?.Complete(cmdlet.StopToken);
        _progress.RecordType = ProgressRecordType.Completed;
        cmdlet.WriteProgress(_progress);
    }

    private IEnumerable<MlpTrial> Round(int[] trials, Func<int, int> epochsOf, string title)
    {
        var waiting = new Queue<int>();
        var ended = 0;
        foreach (var trial in trials)
        {
            if (file?.Find(trial, epochsOf(trial)) is { } known)
            {
                ended++;
                yield return known;
            }
            else
            {
                waiting.Enqueue(trial);
            }
        }

        while (ended < trials.Length)
        {
            _pool ??= new TrialPool(workers, rows);

            // One trial is queued for each worker, so that none is idle while the pipeline handles a result.
            for (var given = trials.Length - ended - waiting.Count; waiting.Count > 0 && given < 2 * _workerCount; given++)
            {
                var next = waiting.Dequeue();
                _pool.Add(plan.TaskOf(next, epochsOf(next)));
            }

            Show(title, ended, trials.Length);
            var report = _pool.Take(ProgressInterval, cmdlet.StopToken);
            if (report is { Outcome: { } outcome, Task: { } done })
            {
                ended++;
                yield return Result(done, outcome);
            }
            else if (report is not null)
            {
                Lose(report, waiting);
            }
        }
    }

    private void Lose(TrialReport report, Queue<int> waiting)
    {
        _workerCount--;
        if (report.Task is { } task)
        {
            waiting.Enqueue(task.Trial);
        }

        if (_workerCount == 0)
        {
            throw new GradException("NoWorkerLeft", $"{report.Worker.Name} ended, and no worker is left for the other trials: {report.Failure}");
        }

        cmdlet.WriteWarning($"{report.Worker.Name} ended{(report.Task is null ? "" : $"; its trial {report.Task.Trial} goes to another")}: {report.Failure}");
    }

    private MlpTrial Result(TrialTask task, TrialOutcome outcome)
    {
        var diverged = outcome.ErrorId?.StartsWith("TrainingDiverged", StringComparison.Ordinal) == true;
        if (outcome.ErrorId is not null && !diverged)
        {
            throw new GradException("TrialFailed", $"Trial {task.Trial} ({plan.Describe(task.Trial)}) failed: {outcome.Message}");
        }

        // A search is there to find settings that learn badly; its results show them.
        foreach (var warning in outcome.Warnings)
        {
            cmdlet.WriteVerbose($"Trial {task.Trial} ({plan.Describe(task.Trial)}): {warning}");
        }

        var trial = new MlpTrial(task.Trial) { Setting = plan.Settings[task.Trial - 1], Epoch = task.Epoch, Seconds = outcome.Seconds };
        trial = diverged ? trial with { Failure = outcome.Message } : trial.Measured(outcome.Scores, outcome.Losses);
        file?.Add(trial);
        _best = trial.Score is { } score && !(score <= _best) ? score : _best;
        return trial;
    }

    private void Show(string title, int ended, int count)
    {
        _progress.StatusDescription = string.Create(
            CultureInfo.InvariantCulture, $"{title} {ended} of {count}{(_best is { } best ? $", best score {best:G4}" : "")}");
        _progress.PercentComplete = 100 * ended / count;
        cmdlet.WriteProgress(_progress);
    }
}

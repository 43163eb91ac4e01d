using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Training;

/// <summary>
/// A training in the background of the same process, with epoch results as its output. It can be stopped, removed and
/// disposed in any order and more than once.
/// </summary>
internal sealed class TrainingJob : Job
{
    // The most that a finished job waits until it has gone through the pipeline: a command that reads it there may itself be
    // waiting for its end.
    private static readonly TimeSpan LongestWay = TimeSpan.FromMilliseconds(500);

    // A training stops within a step. A script of the user that takes longer is abandoned.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(1);

    // Never disposed: it has nothing to release, and a stop may come at any time.
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _handedOver = new();
    private readonly Lock _gate = new();
    private readonly CommandInfo _command;
    private readonly Mlp _model;

    // Never disposed: a command may still read it when the job is gone.
    private readonly TrainingFailure _failure;
    private Task _work = Task.CompletedTask;
    private bool _hasEnded;
    private bool _isDisposed;

    public TrainingJob(InvocationInfo invocation, Mlp model)
        : base(invocation.Line.Trim())
    {
        _command = invocation.MyCommand;
        _model = model;
        _failure = new TrainingFailure(Command);
        ChildJobs.Add(_failure);
        PSJobTypeName = "MlpTraining";
    }

    public override bool HasMoreData => !_isDisposed && (Output.Count > 0 || _failure.HasMoreData || Warning.Count > 0);

    public override string Location => "localhost";

    public override string StatusMessage => _model.ToString();

    /// <summary>Begins to train on another thread.</summary>
    /// <param name="run">The training, which the job disposes.</param>
    /// <param name="module">The module to load where the loss is a script; else null.</param>
    public void Begin(TrainingRun run, string? module)
    {
        SetJobState(JobState.Running);
        _work = Task.Run(() => Work(run, module));
    }

    /// <summary>
    /// Called when the job has gone through the pipeline. The job does not end before that: a job that ends while Receive-Job
    /// -AutoRemoveJob reads it is removed twice, which gives an error.
    /// </summary>
    public void HandOver() => _handedOver.TrySetResult();

    public override void StopJob()
    {
        _stopping.Cancel();
        HandOver();
        if (Task.CurrentId != _work.Id)
        {
            // Handlers of the job's end may stop it.
            Task.WaitAny([_work], LongestStop);
        }

        End(JobState.Stopped);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            StopJob();
            _isDisposed = true;
        }

        base.Dispose(disposing);
    }

    private void Work(TrainingRun run, string? module)
    {
        try
        {
            using (run)
            {
                Train(run, module);
            }

            End(JobState.Completed);
        }
        catch (OperationCanceledException)
        {
            End(JobState.Stopped);
        }
        catch (GradException error)
        {
            End(JobState.Failed, ErrorRecords.From(error, _command, _model));
        }
        catch (Exception error)
        {
            // All errors end the job: nothing else on this thread would catch them.
            var failure = new GradException("TrainingFailed", $"The training ended in an error: {error.Message}", error);
            End(JobState.Failed, ErrorRecords.From(failure, _command, _model));
        }
    }

    private void Train(TrainingRun run, string? module)
    {
        using var runspace = module is null ? null : OpenRunspace(module);
        Runspace.DefaultRunspace = runspace;
        try
        {
            foreach (var (result, remark) in run.Run(_stopping.Token))
            {
                if (result is not null)
                {
                    Add(() => Output.Add(PSObject.AsPSObject(result)));
                }

                if (remark is not null)
                {
                    Add(() => Warning.Add(new WarningRecord(VisibleText.Message(remark))));
                }
            }
        }
        finally
        {
            Runspace.DefaultRunspace = null;
        }
    }

    /// <summary>Writes output, unless the job has ended meanwhile.</summary>
    private void Add(Action add)
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                add();
            }
        }
    }

    /// <summary>Ends the job once; later calls change nothing.</summary>
    /// <param name="state">How it ended.</param>
    /// <param name="error">Why it failed; else null.</param>
    private void End(JobState state, ErrorRecord? error = null)
    {
        _handedOver.Task.Wait(LongestWay);
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
        }

        if (error is not null)
        {
            _failure.Hold(error);
        }

        // Outside of the lock, as handlers of the end may call back.
        SetJobState(state);
        _failure.End(state);
    }

    private static Runspace OpenRunspace(string module)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([module]);
        var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }
}

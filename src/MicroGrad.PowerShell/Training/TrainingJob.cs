using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Training;

/// <summary>A training in the background of the same process: epoch results as its output, the live model as its subject.</summary>
internal sealed class TrainingJob : Job
{
    // A job that has ended may be waited for while it is on its way, but not for long.
    private static readonly TimeSpan LongestWay = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _handedOver = new();
    private readonly CommandInfo _command;
    private readonly Mlp _model;

    public TrainingJob(InvocationInfo invocation, Mlp model)
        : base(invocation.Line.Trim())
    {
        _command = invocation.MyCommand;
        _model = model;
        PSJobTypeName = "MlpTraining";
    }

    public override bool HasMoreData => Output.Count > 0 || Error.Count > 0 || Warning.Count > 0;

    public override string Location => "localhost";

    public override string StatusMessage => _model.ToString();

    /// <summary>Begins to train on another thread.</summary>
    /// <param name="run">Trains, and gives results and remarks as they come.</param>
    /// <param name="module">A module to run script with, where the loss is some; else null.</param>
    public void Begin(Func<CancellationToken, IEnumerable<(EpochResult? Result, string? Remark)>> run, string? module)
    {
        SetJobState(JobState.Running);
        _ = Task.Run(() => Work(run, module));
    }

    /// <summary>
    /// Tells that the job has gone through the pipeline. Before, it does not end: one that ends while Receive-Job
    /// -AutoRemoveJob takes it in is removed twice, and the second time is an error.
    /// </summary>
    public void HandOver() => _handedOver.TrySetResult();

    public override void StopJob()
    {
        _stopping.Cancel();
        Finished.WaitOne();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Work(Func<CancellationToken, IEnumerable<(EpochResult? Result, string? Remark)>> run, string? module)
    {
        try
        {
            using var runspace = module is null ? null : OpenRunspace(module);
            Runspace.DefaultRunspace = runspace;
            foreach (var (result, remark) in run(_stopping.Token))
            {
                if (result is not null)
                {
                    Output.Add(PSObject.AsPSObject(result));
                }

                if (remark is not null)
                {
                    Warning.Add(new WarningRecord(VisibleText.Message(remark)));
                }
            }

            End(JobState.Completed);
        }
        catch (OperationCanceledException)
        {
            End(JobState.Stopped);
        }
        catch (GradException error)
        {
            Error.Add(ErrorRecords.From(error, _command, _model));
            End(JobState.Failed);
        }
        catch (Exception error)
        {
            // Nobody is above this thread: a job that did not end would be waited for without end.
            Error.Add(new ErrorRecord(error, "TrainingFailed", ErrorCategory.OperationStopped, _model));
            End(JobState.Failed);
        }
        finally
        {
            Runspace.DefaultRunspace = null;
        }
    }

    private void End(JobState state)
    {
        _handedOver.Task.Wait(LongestWay);
        SetJobState(state);
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

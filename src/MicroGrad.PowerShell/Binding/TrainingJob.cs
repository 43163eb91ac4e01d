using System.Management.Automation;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Binding;

/// <summary>A training in the background of the same process: epoch results as its output, the live model as its subject.</summary>
internal sealed class TrainingJob : Job
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Mlp _model;

    public TrainingJob(string command, Mlp model)
        : base(command)
    {
        _model = model;
        PSJobTypeName = "MlpTraining";
    }

    public override bool HasMoreData => Output.Count > 0 || Error.Count > 0 || Warning.Count > 0;

    public override string Location => "localhost";

    public override string StatusMessage => _model.ToString();

    /// <summary>Begins to train on another thread.</summary>
    /// <param name="run">Trains, and gives results and remarks as they come.</param>
    public void Begin(Func<CancellationToken, IEnumerable<(EpochResult? Result, string? Remark)>> run)
    {
        SetJobState(JobState.Running);
        _ = Task.Run(() => Work(run));
    }

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

    private void Work(Func<CancellationToken, IEnumerable<(EpochResult? Result, string? Remark)>> run)
    {
        try
        {
            foreach (var (result, remark) in run(_stopping.Token))
            {
                if (result is not null)
                {
                    Output.Add(PSObject.AsPSObject(result));
                }

                if (remark is not null)
                {
                    Warning.Add(new WarningRecord(remark));
                }
            }

            SetJobState(JobState.Completed);
        }
        catch (OperationCanceledException)
        {
            SetJobState(JobState.Stopped);
        }
        catch (GradException error)
        {
            Error.Add(ErrorRecords.From(error, _model));
            SetJobState(JobState.Failed);
        }
    }
}

using System.Management.Automation;

namespace MicroGrad.PowerShell.Training;

/// <summary>
/// The error of a training in the background, as the one child of its job. Receive-Job -Wait -AutoRemoveJob removes the job
/// when the job ends, and goes on to follow the child: an error that it meets only then, and that -ErrorAction Stop makes
/// terminating, finds the job removed.
/// </summary>
internal sealed class TrainingFailure : Job
{
    // What a command listens to that follows the training since before its end.
    private readonly PSDataCollection<ErrorRecord> _followed;

    public TrainingFailure(string command)
        : base(command)
    {
        _followed = Error;
        PSJobTypeName = "MlpTraining";
    }

    public override bool HasMoreData => Error.Count > 0;

    public override string Location => "localhost";

    public override string StatusMessage => string.Empty;

    public override void StopJob()
    {
        // The training ends it.
    }

    /// <summary>Lays the error ready for those who ask after the training's end. Those who follow the training don't see it yet.</summary>
    public void Hold(ErrorRecord error) => Error = [error];

    /// <summary>Ends after the training: an error that nobody took meanwhile is given to those who follow.</summary>
    /// <param name="state">How the training ended.</param>
    public void End(JobState state)
    {
        if (Error.Count > 0)
        {
            _followed.Add(Error[0]);
            if (_followed.Count == 0)
            {
                // It was taken at once.
                Error.Clear();
            }
        }

        SetJobState(state);
    }
}

using System.Globalization;
using System.Management.Automation;

namespace MicroGrad.PowerShell.Host;

/// <summary>The progress bar of a training: epoch, loss and time left, drawn a few times a second at most.</summary>
internal sealed class TrainingProgress(PSCmdlet cmdlet, Mlp model, int epochs)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ProgressRecord _record = new(0, $"Training {model}", "Starting");
    private TimeSpan _next = Interval;
    private bool _shown;
    private int? _before;

    public void Show(EpochResult result)
    {
        // The first epochs of a resumed training do not count in its time.
        _before ??= result.Epoch - 1;
        if (result.Elapsed < _next)
        {
            return;
        }

        _next = result.Elapsed + Interval;
        var left = result.Elapsed * (epochs - result.Epoch) / (result.Epoch - _before.Value);
        _record.StatusDescription = string.Create(
            CultureInfo.InvariantCulture, $"Epoch {result.Epoch} of {epochs}, loss {result.Loss:G4}");
        _record.PercentComplete = (int)(100L * result.Epoch / epochs);
        _record.SecondsRemaining = (int)left.TotalSeconds;
        cmdlet.WriteProgress(_record);
        _shown = true;
    }

    public void Complete()
    {
        if (_shown)
        {
            _record.RecordType = ProgressRecordType.Completed;
            cmdlet.WriteProgress(_record);
        }
    }
}

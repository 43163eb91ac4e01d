namespace MicroGrad.Engine.Tests;

public sealed class MlpTrialTests
{
    [Fact]
    public void A_trial_is_written_with_its_settings()
    {
        var trial = new MlpTrial(3) { Epoch = 5, Score = 0.5, Setting = new() { ["Rate"] = 0.1, ["Size"] = new object[] { 4, 8 } } };

        Assert.StartsWith("MlpTrial { Trial = 3, Setting = { Rate = 0.1, Size = [4, 8] }, Score = 0.5, ", trial.ToString(), StringComparison.Ordinal);
    }
}

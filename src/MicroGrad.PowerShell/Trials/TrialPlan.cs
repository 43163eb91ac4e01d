using System.Collections;
using System.Management.Automation;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using MicroGrad.Persistence;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Rows;
using MicroGrad.PowerShell.Scripts;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Trials;

/// <summary>The trials of a search: settings, models and the options of trainings.</summary>
/// <param name="recipe">Makes the models.</param>
/// <param name="settings">The settings of each trial.</param>
/// <param name="training">Options of all trainings.</param>
/// <param name="optionNames">The settings that are options of a training too; the others are the recipe's alone.</param>
/// <param name="seed">The seed of the first trial; each has the next.</param>
internal sealed class TrialPlan(
    ModelRecipe recipe, IReadOnlyList<OrderedDictionary<string, object?>> settings, Hashtable training, IReadOnlySet<string> optionNames, BigInteger seed)
{
    private const string Epoch = "Epoch";
    private const string Seed = "Seed";

    /// <summary>The settings of each trial.</summary>
    public IReadOnlyList<OrderedDictionary<string, object?>> Settings { get; } = settings;

    /// <summary>The parameters of Measure-Mlp: columns, folds and how text is read.</summary>
    public Hashtable Measure { get; init; } = [];

    /// <summary>How many epochs a trial is trained for.</summary>
    public int EpochsOf(int trial) => TypedNumber.WholeNumber(
        Settings[trial - 1].GetValueOrDefault(Epoch) ?? training[Epoch] ?? new TrainingOptions().Epochs);

    /// <summary>The model of a trial. The recipe sees the settings as $_, and as $_.Seed the trial's own seed.</summary>
    /// <exception cref="GradException">Those of <see cref="ModelRecipe.Make"/>.</exception>
    public Mlp ModelOf(int trial)
    {
        var subject = new PSObject();
        foreach (var (name, value) in Settings[trial - 1])
        {
            subject.Properties.Add(new PSNoteProperty(name, value));
        }

        if (!Settings[trial - 1].ContainsKey(Seed))
        {
            subject.Properties.Add(new PSNoteProperty(Seed, SeedOf(trial)));
        }

        return recipe.Make(subject);
    }

    /// <summary>The trial as a worker takes it.</summary>
    /// <exception cref="GradException">Those of <see cref="ModelOf"/>.</exception>
    public TrialTask TaskOf(int trial, int epoch)
    {
        var options = new Hashtable(training, StringComparer.OrdinalIgnoreCase);
        options[Seed] ??= SeedOf(trial);
        foreach (var (name, value) in Settings[trial - 1].Where(setting => optionNames.Contains(setting.Key)))
        {
            options[name] = value;
        }

        options[Epoch] = epoch;
        // A script block belongs to the session that it was written in, so workers get its text.
        var scripts = new Hashtable();
        foreach (var name in options.Keys.Cast<string>().ToArray())
        {
            if (Wrapped.Unwrap(options[name]) is ScriptBlock script)
            {
                scripts[name] = script.ToString();
                options.Remove(name);
            }
        }

        var model = Encoding.UTF8.GetString(ModelFile.Write(ModelOf(trial)));
        return new TrialTask(trial, epoch, Portable.Serialize(new Hashtable
        {
            ["Model"] = model,
            ["Training"] = Portable.OptionsOf(options),
            ["Scripts"] = scripts,
            ["Measure"] = Portable.OptionsOf(Measure),
        }));
    }

    /// <summary>The settings in a few words, for messages.</summary>
    public string Describe(int trial) =>
        MessageText.Shorten([.. Settings[trial - 1].Select(setting => $"{setting.Key} = {Portable.Describe(setting.Value)}")]);

    /// <summary>A hash of all that the results depend on.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="search">The options of the search besides its trials.</param>
    /// <exception cref="GradException">Those of <see cref="ModelOf"/>.</exception>
    public string Fingerprint(TrialRows rows, string search)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        rows.AddTo(hash);
        foreach (var text in new[] { recipe.Text, Portable.Describe(training), Portable.Describe(Measure), $"{seed}", search })
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text + "\0"));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(Describe(1)));
        hash.AppendData(ModelFile.Write(ModelOf(1)));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private BigInteger SeedOf(int trial) => seed + trial - 1;
}

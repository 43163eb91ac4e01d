using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MicroGrad.PowerShell.Trials;

/// <summary>
/// Runs trials, one at a time: in a runspace of this process, or in a session of the user on another machine. Both run the
/// same script over the same serialized input.
/// </summary>
internal sealed class TrialWorker
{
    // Measure-Mlp itself measures a trial, so that trials have all of its rules.
    private const string TrialScript = """
        param($task, $key)
        $task = [System.Management.Automation.PSSerializer]::Deserialize($task)
        $rows = Get-Variable -Name $key -Scope Global -ValueOnly
        $training = $task.Training
        foreach ($name in $task.Scripts.Keys) {
            $training[$name] = [scriptblock]::Create($task.Scripts[$name])
        }
        $measure = $task.Measure
        $outcome = @{ Scores = @(); Losses = @(); Warnings = @(); Seconds = 0.0; ErrorId = $null; Message = $null }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        try {
            $recipe = { [MicroGrad.Mlp] [pscustomobject] @{ ModelFile = $task.Model } }
            $folds = @(MicroGrad\Measure-Mlp $recipe -Data $rows -Training $training @measure -ErrorAction Stop -WarningAction SilentlyContinue -WarningVariable warnings)
            $outcome.Scores = @(foreach ($fold in $folds) { , ($fold.Accuracy ?? $fold.R2) })
            $outcome.Losses = @(foreach ($fold in $folds) { , $fold.Loss })
            $outcome.Warnings = @($warnings.ForEach({ $_.Message }))
        } catch {
            $outcome.ErrorId = $_.FullyQualifiedErrorId
            $outcome.Message = $_.Exception.Message
        }
        $outcome.Seconds = $watch.Elapsed.TotalSeconds
        [System.Management.Automation.PSSerializer]::Serialize($outcome, 4)
        """;

    // All machines must have the same build, as another one might round differently.
    private const string PrepareScript = """
        param($module, $build, $key, $columns, $count)
        $ErrorActionPreference = 'Stop'
        if (Test-Path -LiteralPath $module) { Import-Module $module } else { Import-Module MicroGrad }
        if ([MicroGrad.Mlp].Assembly.ManifestModule.ModuleVersionId -ne $build) {
            throw "Another build of MicroGrad is loaded there ($((Get-Module MicroGrad).ModuleBase)). Install the one that is used here."
        }
        $columns = [System.Management.Automation.PSSerializer]::Deserialize($columns)
        $rows = for ($i = 0; $i -lt $count; $i++) {
            $row = @{}
            foreach ($name in $columns.Keys) { $row[$name] = $columns[$name][$i] }
            $row
        }
        Set-Variable -Name $key -Value $rows -Scope Global
        """;

    private readonly string _key = $"MicroGradRows{Guid.NewGuid():N}";
    private readonly string _module;
    private readonly TrialRows _rows;
    private readonly PSSession? _session;
    private readonly Lock _gate = new();
    private Runspace? _runspace;
    private System.Management.Automation.PowerShell? _running;
    private bool _isStopped;

    /// <param name="name">Its name in messages.</param>
    /// <param name="module">The path of the module's manifest.</param>
    /// <param name="rows">The rows of all trials.</param>
    /// <param name="session">The session to work in; null for this process.</param>
    public TrialWorker(string name, string module, TrialRows rows, PSSession? session)
    {
        (Name, _module, _rows, _session) = (name, module, rows, session);
        _runspace = session?.Runspace;
    }

    public string Name { get; }

    /// <summary>Loads the module and the rows where the trials run.</summary>
    public void Open(Lazy<Hashtable[]> rows)
    {
        if (_session is not null)
        {
            Invoke(PrepareScript, new()
            {
                ["module"] = _module,
                ["build"] = typeof(Mlp).Assembly.ManifestModule.ModuleVersionId,
                ["key"] = _key,
                ["columns"] = Portable.Serialize(_rows.Columns),
                ["count"] = _rows.Count,
            });
            return;
        }

        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([_module]);
        state.Variables.Add(new SessionStateVariableEntry(_key, rows.Value, string.Empty));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace.Open();
    }

    /// <summary>Runs a trial.</summary>
    public TrialOutcome Run(TrialTask task) => TrialOutcome.Read(Invoke(TrialScript, new() { ["task"] = task.Text, ["key"] = _key }));

    /// <summary>Stops the running trial without waiting for it. No other can run afterwards.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;

            // PowerShell may end where it writes to an SSH session that died.
            if (_session is null || _session.Runspace.RunspaceStateInfo.State == RunspaceState.Opened)
            {
                _running?.BeginStop(null, null);
            }
        }
    }

    /// <summary>Removes what was loaded into a session, or closes the runspace.</summary>
    public void Close()
    {
        try
        {
            if (_session is null)
            {
                _runspace?.Dispose();
            }
            else if (_session.Runspace.RunspaceStateInfo.State == RunspaceState.Opened)
            {
                using var shell = System.Management.Automation.PowerShell.Create();
                shell.Runspace = _session.Runspace;
                shell.AddCommand("Remove-Variable").AddParameter("Name", _key).AddParameter("Scope", "Global").AddParameter("ErrorAction", "Ignore").Invoke();
            }
        }
        catch (Exception error) when (error is RuntimeException or InvalidOperationException or IOException)
        {
            // The session has ended, and nothing is left to remove.
        }
    }

    private string Invoke(string script, Dictionary<string, object> arguments)
    {
        using var shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(script, useLocalScope: true).AddParameters(arguments);
        lock (_gate)
        {
            if (_isStopped)
            {
                throw new OperationCanceledException();
            }

            _running = shell;
        }

        try
        {
            return shell.Invoke<string>().LastOrDefault() ?? string.Empty;
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }
        }
    }
}

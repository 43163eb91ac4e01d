using System.Management.Automation;

namespace MicroGrad.PowerShell.Errors;

/// <summary>The one place where errors of the engine become error records of PowerShell.</summary>
internal static class ErrorRecords
{
    /// <summary>The record for an engine's error: its id, and the category that goes with it.</summary>
    public static ErrorRecord From(GradException error, object? target = null) =>
        new(error, error.ErrorId, CategoryOf(error.ErrorId), target);

    /// <summary>Ends the command with an engine's error.</summary>
    public static void Throw(this PSCmdlet cmdlet, GradException error, object? target = null) =>
        cmdlet.ThrowTerminatingError(From(error, target));

    /// <summary>Reports an engine's error on one object, and lets the command go on.</summary>
    public static void Report(this PSCmdlet cmdlet, GradException error, object? target = null) =>
        cmdlet.WriteError(From(error, target));

    private static ErrorCategory CategoryOf(string errorId) => errorId switch
    {
        "FileExists" => ErrorCategory.ResourceExists,
        "PathNotFound" or "FeatureNotFound" or "TargetNotFound" or "MissingFeature" => ErrorCategory.ObjectNotFound,
        "GraphvizMissing" => ErrorCategory.NotInstalled,
        "GraphvizTimeout" => ErrorCategory.OperationTimeout,
        "GraphvizFailed" => ErrorCategory.InvalidResult,
        "WriteFailed" => ErrorCategory.WriteError,
        "ReadFailed" => ErrorCategory.ReadError,
        "TrainingDiverged" or "MinimizationDiverged" => ErrorCategory.InvalidResult,
        "NotANumber" or "NotFinite" or "MissingValue" or "RaggedRow" or "InvalidRow" or "EmptyData" or "UnknownClass"
            or "UnknownCategory" or "TargetMismatch" or "SizeMismatch" or "InvalidCsv" or "DuplicateColumn" or "InvalidModelFile"
            or "UnknownFileVersion" => ErrorCategory.InvalidData,
        _ => ErrorCategory.InvalidArgument,
    };
}

using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Errors;

/// <summary>The one place where errors of the engine become error records of PowerShell.</summary>
internal static class ErrorRecords
{
    /// <summary>Runs work that ends the command where the engine throws an error.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">The work.</param>
    /// <param name="target">The object that the error is about.</param>
    /// <exception cref="PipelineStoppedException">The user stopped the pipeline.</exception>
    public static T OrThrow<T>(this CancellableCommand command, Func<T> work, object? target = null)
    {
        try
        {
            return work();
        }
        catch (GradException error)
        {
            Throw(command, error, target);
            throw;
        }
        catch (OperationCanceledException) when (command.Stopping)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <inheritdoc cref="OrThrow{T}"/>
    public static void OrThrow(this CancellableCommand command, Action work, object? target = null) =>
        command.OrThrow(() => Done(work), target);

    /// <summary>Runs work on one object of several. An error of the engine is reported, and the command goes on.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">The work.</param>
    /// <param name="target">The object that the error is about.</param>
    /// <returns>Whether there was no error.</returns>
    /// <exception cref="PipelineStoppedException">The user stopped the pipeline.</exception>
    public static bool OrReport(this CancellableCommand command, Action work, object? target = null)
    {
        try
        {
            work();
            return true;
        }
        catch (GradException error)
        {
            Report(command, error, target);
            return false;
        }
        catch (OperationCanceledException) when (command.Stopping)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>The record for an engine's error: its id, the category that goes with it, and what to do.</summary>
    /// <param name="error">The error.</param>
    /// <param name="command">The cmdlet that it came from.</param>
    /// <param name="target">The object that it is about.</param>
    public static ErrorRecord From(GradException error, CommandInfo command, object? target = null)
    {
        var record = new ErrorRecord(error, error.ErrorId, CategoryOf(error.ErrorId), target);

        // Some views of errors show the target as text, so it must have no control characters.
        record.CategoryInfo.TargetName = VisibleText.Message(record.CategoryInfo.TargetName);
        if (Advice.For(error, command) is { } advice)
        {
            // PowerShell shows it below the message.
            record.ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = advice };
        }

        return record;
    }

    /// <summary>Ends the command with an engine's error.</summary>
    [DoesNotReturn]
    public static void Throw(this PSCmdlet cmdlet, GradException error, object? target = null)
    {
        cmdlet.ThrowTerminatingError(From(error, cmdlet.MyInvocation.MyCommand, target));
        throw error;
    }

    /// <summary>Reports an engine's error on one object, and lets the command go on.</summary>
    public static void Report(this PSCmdlet cmdlet, GradException error, object? target = null) =>
        cmdlet.WriteError(From(error, cmdlet.MyInvocation.MyCommand, target));

    private static bool Done(Action work)
    {
        work();
        return true;
    }

    private static ErrorCategory CategoryOf(string errorId) => errorId switch
    {
        "FileExists" => ErrorCategory.ResourceExists,
        "PathNotFound" or "FeatureNotFound" or "TargetNotFound" or "MissingFeature" => ErrorCategory.ObjectNotFound,
        "GraphvizMissing" or "BrowserMissing" => ErrorCategory.NotInstalled,
        "GraphvizTimeout" or "BrowserTimeout" => ErrorCategory.OperationTimeout,
        "GraphvizFailed" or "BrowserFailed" => ErrorCategory.InvalidResult,
        "TrainingFailed" => ErrorCategory.OperationStopped,
        "ModelInTraining" => ErrorCategory.ResourceBusy,
        "WriteFailed" => ErrorCategory.WriteError,
        "ReadFailed" => ErrorCategory.ReadError,
        "TrainingDiverged" or "MinimizationDiverged" => ErrorCategory.InvalidResult,
        "NotANumber" or "DecimalComma" or "DecimalPoint" or "NumberWithUnit" or "ThousandsSeparator" or "TextColumn" or "TextDates" or "NotADate" or "AmbiguousDate" or "NumberForDate"
            or "UnreadableColumn" or "ObjectColumn" or "FailingColumn" or "EmptyColumn" or "WrongDelimiter" or "TextAsRow" or "NotFinite" or "MissingValue" or "MeanMissing" or "RaggedRow" or "InvalidRow" or "EmptyData" or "UnknownClass"
            or "UnknownCategory" or "TargetMismatch" or "SizeMismatch" or "NumbersForClasses" or "InvalidCsv" or "DuplicateColumn" or "InvalidModelFile"
            or "UnknownFileVersion" => ErrorCategory.InvalidData,
        _ => ErrorCategory.InvalidArgument,
    };
}

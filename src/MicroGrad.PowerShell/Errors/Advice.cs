using System.Management.Automation;

namespace MicroGrad.PowerShell.Errors;

/// <summary>
/// What to do about an error, by its id. The engine says what was given and expected; which parameter or cmdlet helps depends
/// on the cmdlet that the error came from.
/// </summary>
internal static class Advice
{
    /// <summary>
    /// Advice by id. Of the rows of an id, the first applies whose parameters the cmdlet has; a row lists every parameter of that
    /// cmdlet in its text.
    /// </summary>
    internal static readonly (string ErrorId, string[] Parameters, string Text)[] Rows =
    [
        ("ActivationMissing", ["Activation"], "Name it with -Activation; it is in the program that made the file."),
        ("AlreadyScaled", ["Standardize"], "Train a new model, or leave -Standardize out."),
        ("AmbiguousDate", ["Culture"], "Say with -Culture how dates are written, such as -Culture en-GB."),
        ("BaselineMissing", ["Baseline"], "Give a row to compare with as -Baseline, such as one of means."),
        ("BatchTooLarge", ["BatchSize"], "Give a smaller -BatchSize, such as 32."),
        ("CheckpointExists", ["Force"], "Name another file, or use -Force to replace it."),
        ("CheckpointMismatch", ["Resume"], "Use the rows and options of that training, or leave -Resume out to start anew."),
        ("DecimalComma", ["Culture"], "Say with -Culture how numbers are written, such as -Culture de-DE."),
        ("DuplicateLabel", [], "Give it by New-GradMatrix -Label."),
        ("EmptyColumn", ["Feature"], "Choose other columns with -Feature."),
        ("FailingColumn", ["Feature"], "Choose other columns with -Feature."),
        ("FileExists", ["Force"], "Use -Force to replace it, or choose another name."),
        ("InvalidModelFile", ["CheckpointPath", "Resume"], "Give the file of a training as -CheckpointPath, or leave -Resume out to start anew."),
        ("InvalidModelFile", ["LayerOrder"], "Use a file of Export-Mlp, a checkpoint of Start-MlpTraining -CheckpointPath, or another program's safetensors, whose layers -LayerOrder names."),
        ("InvalidModelFile", [], "Use a safetensors file, such as one of Export-GradMatrix."),
        ("LabelMissing", [], "Give one by New-GradMatrix -Label."),
        ("InvalidQuantile", ["Quantile"], "Give them with -Quantile, such as -Quantile 0.1, 0.5, 0.9."),
        ("InvalidQuantile", [], "Make a model for them by New-Mlp -Quantile, or train one by Start-MlpTraining -Quantile."),
        ("LayerOrderUnknown", ["LayerOrder"], "Name the layers from the first to the last with -LayerOrder."),
        ("MeanMissing", ["MissingValue"], "Fill it in, choose -MissingValue Skip to leave the row out, or train a model with -MissingValue Mean."),
        ("MissingBias", [], "Save the layer with a bias of zeros."),
        ("MissingValue", ["MissingValue"], "Fill them in, or choose -MissingValue Skip to leave the rows out, or Mean to fill in the column's mean."),
        ("MissingValue", [], "Fill them in, or leave the rows out."),
        ("NotACheckpoint", [], "Name another file."),
        ("PictureTooLarge", ["Scale"], "Give a smaller -Scale, or write .svg, which has no pixels."),
        ("NotADate", ["Culture"], "Say with -Culture how dates are written, or leave the rows out."),
        ("NotTwoInputs", ["Feature", "Kind"], "Choose two columns of numbers with -Feature, or something else to show with -Kind."),
        ("NumbersForClasses", ["Loss"], "Give -Loss CrossEntropy for classes; New-Mlp -Classification makes a model for them from rows."),
        ("NumberForDate", [], "Make dates of them first: [datetime]::FromOADate() for Excel's, [DateTimeOffset]::FromUnixTimeSeconds() for Unix time."),
        ("StaleGradient", [], "Give the whole list to Clear-Gradient before the pass, or make an optimizer of it by New-GradOptimizer, whose steps clear it."),
        ("ObjectColumn", ["Feature"], "Make a number or text of it, such as by Select-Object @{ n = 'Count'; e = { $_.Items.Count } }, or choose other columns with -Feature."),
        ("TargetMissing", ["Target"], "Name the column to predict with -Target."),
        ("TextColumn", ["Categorical", "Feature"], "Name with -Categorical what holds categories, or choose other columns with -Feature."),
        ("TextDates", ["Date", "Feature"], "Name with -Date what holds dates, or choose other columns with -Feature."),
        ("ThousandsSeparator", ["Culture"], "Take them out, such as by -replace ','; where the comma is a decimal one, say so with -Culture, such as -Culture de-DE."),
        ("TrainingDiverged", ["LearningRate", "Standardize", "ClipNorm"], "Try a smaller -LearningRate, -Standardize or -ClipNorm 1."),
        ("UnknownFormat", ["Format"], "Or say with -Format which one is meant."),
        ("UnknownTensor", ["LayerOrder"], "Only networks of dense layers are read, named by -LayerOrder where need be; fold or remove what else there is before saving."),
        ("UnreadableColumn", ["Categorical", "Date", "Culture", "Feature"], "Name categories with -Categorical and dates with -Date, say with -Culture how numbers are written, or choose other columns with -Feature."),
        ("WrongDelimiter", ["Delimiter"], "Say it with -Delimiter, here or where the rows are read."),
        ("WrongDelimiter", [], "Tell Import-Csv what stands between the cells."),
    ];

    /// <summary>What to do about an error in a cmdlet; null where the message says it.</summary>
    /// <param name="errorId">The error's id.</param>
    /// <param name="command">The cmdlet.</param>
    public static string? For(string errorId, CommandInfo command) =>
        Rows.FirstOrDefault(row => row.ErrorId == errorId && row.Parameters.All(command.Parameters.ContainsKey)).Text;
}

using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace MicroGrad.PowerShell.Errors;

/// <summary>
/// What to do about an error, by its id. The engine says what was given and expected; which parameter or cmdlet helps depends
/// on the cmdlet that the error came from.
/// </summary>
internal static partial class Advice
{
    /// <summary>
    /// Advice by id. Of the rows of an id, the first applies whose parameters the cmdlet has, and whose words in braces the error's
    /// data has; a row lists every parameter of that cmdlet in its text.
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
        ("DecimalPoint", ["Culture"], "Leave -Culture out where numbers have a point, or name one that writes it, such as -Culture {Culture}."),
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
        ("ModelMissing", ["Model"], "Give one as -Model, made by New-Mlp or read by Import-Mlp, and the rows through the pipeline."),
        ("MissingBias", [], "Save the layer with a bias of zeros."),
        ("MissingValue", ["MissingValue"], "Fill them in, or choose -MissingValue Skip to leave the rows out, or Mean to fill in the column's mean."),
        ("MissingValue", [], "Fill them in, or leave the rows out."),
        ("NotACheckpoint", [], "Name another file."),
        ("PictureTooLarge", ["Scale"], "Give a smaller -Scale, or write .svg, which has no pixels."),
        ("NotADate", ["Culture"], "Say with -Culture how dates are written, or leave the rows out."),
        ("NotTwoInputs", ["Feature", "Kind"], "Choose two columns of numbers with -Feature, or something else to show with -Kind."),
        ("NumbersForClasses", ["Loss"], "Give -Loss CrossEntropy for classes; New-Mlp -Classification makes a model for them from rows."),
        ("NumberForDate", [], "Make dates of them first: [datetime]::FromOADate() for Excel's, [DateTimeOffset]::FromUnixTimeSeconds() for Unix time."),
        ("NumberWithUnit", ["Culture"], "Take it out, such as by {Replace}, and read what is left with -Culture {Culture}."),
        ("NumberWithUnit", ["Categorical"], "Take it out, such as by {Replace}, or name a feature of categories with -Categorical."),
        ("NumberWithUnit", [], "Take it out, such as by {Replace}."),
        ("StaleGradient", [], "Give the whole list to Clear-Gradient before the pass, or make an optimizer of it by New-GradOptimizer, whose steps clear it."),
        ("ObjectColumn", ["Feature"], "Make a number or text of it, such as by Select-Object @{ n = 'Count'; e = { $_.Items.Count } }, or choose other columns with -Feature."),
        ("TargetMissing", ["Target"], "Name the column to predict with -Target."),
        ("TextColumn", ["Categorical", "Feature"], "Name with -Categorical what holds categories, or choose other columns with -Feature."),
        ("TextDates", ["Date", "Feature"], "Name with -Date what holds dates, or choose other columns with -Feature."),
        ("ThousandsSeparator", ["Culture"], "Take them out, such as by {Replace}, and read what is left with -Culture {Culture}."),
        ("ThousandsSeparator", ["Culture"], "Take them out, such as by {Replace}; where it is a decimal sign, say so with -Culture {OtherCulture}."),
        ("ThousandsSeparator", [], "Take them out, such as by {Replace}."),
        ("TrainingDiverged", ["LearningRate", "Standardize", "ClipNorm"], "Try a smaller -LearningRate, -Standardize or -ClipNorm 1."),
        ("UnknownFormat", ["Format"], "Or say with -Format which one is meant."),
        ("UnknownTensor", ["LayerOrder"], "Only networks of dense layers are read, named by -LayerOrder where need be; fold or remove what else there is before saving."),
        ("UnreadableColumn", ["Categorical", "Date", "Culture", "Feature"], "Name categories with -Categorical and dates with -Date, say with -Culture how numbers are written, or choose other columns with -Feature."),
        ("WrongDelimiter", ["Delimiter"], "Say it with -Delimiter, here or where the rows are read."),
        ("WrongDelimiter", [], "Tell Import-Csv what stands between the cells."),
    ];

    // The words that stand in braces in a text.
    private static readonly string[] Words = ["Replace", "Culture", "OtherCulture"];

    /// <summary>What to do about an error in a cmdlet; null where the message says it.</summary>
    /// <param name="error">The error.</param>
    /// <param name="command">The cmdlet.</param>
    public static string? For(GradException error, CommandInfo command) =>
        Rows.Where(row => row.ErrorId == error.ErrorId && row.Parameters.All(command.Parameters.ContainsKey))
            .Select(row => Fill(row.Text, error))
            .FirstOrDefault(text => text is not null);

    /// <summary>The text with its words in braces replaced; null where the error lacks one.</summary>
    private static string? Fill(string text, GradException error)
    {
        foreach (var name in Words.Where(name => text.Contains($"{{{name}}}", StringComparison.Ordinal)))
        {
            if ((name == "Replace" ? ReplacementOf(error) : error.Data[name] as string) is not { } word)
            {
                return null;
            }

            text = text.Replace($"{{{name}}}", word, StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>The command that takes marks out of a column; null where the error names none.</summary>
    private static string? ReplacementOf(GradException error)
    {
        if (error.Data["Column"] is not string column || error.Data["Marks"] is not string[] marks)
        {
            return null;
        }

        var cell = "$_." + (PlainName().IsMatch(column) ? column : $"'{CodeGeneration.EscapeSingleQuotedStringContent(VisibleText.Message(column))}'");
        var pattern = string.Join('|', marks.Select(mark => string.IsNullOrWhiteSpace(mark) ? @"\s" : Regex.Escape(mark)));
        return $"ForEach-Object {{ {cell} = {cell} -replace '{CodeGeneration.EscapeSingleQuotedStringContent(pattern)}'; $_ }}";
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex PlainName();
}

namespace MicroGrad.Data;

/// <summary>Makes the numbers that networks compute with of the rows of a table.</summary>
public static class SampleEncoder
{
    /// <summary>Encodes the chosen rows for the arithmetic: inputs and targets in the units of the layers.</summary>
    /// <param name="schema">What inputs and outputs mean.</param>
    /// <param name="table">The rows.</param>
    /// <param name="rows">The places of those to encode, from 0.</param>
    /// <param name="outputCount">How many outputs the network has.</param>
    /// <exception cref="GradException">
    /// There are more or fewer features than the schema has (id <c>SizeMismatch</c>), a class that is none of its own (id
    /// <c>UnknownClass</c>), or a missing number whose mean it does not know (id <c>MeanMissing</c>).
    /// </exception>
    public static Samples Encode(this ModelSchema schema, SampleTable table, ReadOnlySpan<int> rows, int outputCount)
    {
        schema.RequireColumns(table);
        var samples = new Samples(rows.Length, schema.InputCount, outputCount, hasClasses: schema.Encoding == TargetEncoding.OneHot);
        var at = 0;
        for (var f = 0; f < schema.Features.Count; f++)
        {
            EncodeFeature(schema.Features[f], table.Features[f], rows, samples, at);
            at += schema.Features[f].Width;
        }

        schema.Scaling?.ScaleInputs(samples.Inputs);
        EncodeTargets(schema, table, rows, samples);
        if (table.Weights.Count > 0)
        {
            samples.Weights = new double[rows.Length];
            for (var r = 0; r < rows.Length; r++)
            {
                samples.Weights[r] = table.Weights[rows[r]];
            }
        }

        return samples;
    }

    private static void EncodeFeature(FeatureColumn feature, FeatureValues column, ReadOnlySpan<int> rows, Samples samples, int at)
    {
        var places = feature.Kind == ColumnKind.Category
            ? column.Categories.Select(category => (double)feature.IndexOfCategory(category)).ToArray()
            : null;
        var width = feature.Width;
        var values = column.Values;
        for (var r = 0; r < rows.Length; r++)
        {
            var value = values[rows[r]];
            var inputs = samples.InputsAt(r).Slice(at, width);
            if (double.IsNaN(value))
            {
                feature.RequireFill(rows[r] + 1);
                feature.WriteFill(inputs);
            }
            else if (places is null && width == 1)
            {
                inputs[0] = value;
            }
            else
            {
                feature.Write(places is null ? value : places[(int)value], inputs);
            }
        }
    }

    private static void EncodeTargets(ModelSchema schema, SampleTable table, ReadOnlySpan<int> rows, Samples samples)
    {
        if (!schema.HasClasses)
        {
            for (var t = 0; t < samples.OutputCount; t++)
            {
                var column = schema.Quantiles.Count > 0 ? 0 : t;
                var (target, numbers) = (schema.Targets[column], table.Targets[column]);
                for (var r = 0; r < rows.Length; r++)
                {
                    samples.TargetsAt(r)[t] = target.Encode(numbers.NumberAt(rows[r]));
                }
            }

            return;
        }

        var indexes = table.Targets[0].IndexesIn(schema);
        for (var r = 0; r < rows.Length; r++)
        {
            var index = indexes[rows[r]];
            if (index < 0)
            {
                throw schema.UnknownClass(table.Targets[0].ClassAt(rows[r]), rows[r] + 1);
            }

            switch (schema.Encoding)
            {
                case TargetEncoding.OneHot:
                    samples.Classes[r] = index;
                    break;
                case TargetEncoding.ZeroOrOne:
                    samples.Targets[r] = index;
                    break;
                default:
                    samples.Targets[r] = index == 0 ? -1 : 1;
                    break;
            }
        }
    }
}

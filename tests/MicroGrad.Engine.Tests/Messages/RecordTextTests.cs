using System.Globalization;

namespace MicroGrad.Engine.Tests;

public sealed class RecordTextTests
{
    [Fact]
    public void No_record_that_users_meet_leaves_its_text_to_the_culture()
    {
        var records = typeof(Mlp).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == nameof(MicroGrad) && type.GetMethod("<Clone>$") is not null && type.GetProperties().Any(property => IsNumber(property.PropertyType)));

        Assert.All(records, type => Assert.False(
            type.GetMethod(nameof(ToString), [])!.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), false), type.Name));

        static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(double);
    }

    [Fact]
    public void A_record_reads_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(
                "LearningRatePoint { Step = 1, LearningRate = 0.5, Loss = 1.25, SmoothedLoss = 1E-09, IsSuggested = False }",
                new LearningRatePoint(1, 0.5, 1.25, 1e-9).ToString());
            Assert.Equal("de-DE", CultureInfo.CurrentCulture.Name);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

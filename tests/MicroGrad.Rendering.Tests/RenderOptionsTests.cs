using Xunit;

namespace MicroGrad.Rendering.Tests;

public class RenderOptionsTests
{
    [Theory]
    [InlineData(-1, 10, "InvalidPrecision")]
    [InlineData(16, 10, "InvalidPrecision")]
    [InlineData(4, 0, "InvalidMaximumNodeCount")]
    public void Options_out_of_range_are_refused(int precision, int count, string id)
    {
        var options = new RenderOptions { Precision = precision, MaximumNodeCount = count };

        Assert.Equal(id, Assert.Throws<GradException>(() => GraphRenderer.Render(Examples.Manual(), options)).ErrorId);
        Assert.Equal(id, Assert.Throws<GradException>(() => GraphRenderer.Render(Examples.LectureModel(), options)).ErrorId);
    }
}

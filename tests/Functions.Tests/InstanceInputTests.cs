using Microsoft.DurableTask.Client;
using Radiomics.Pipeline;
using RadiomicsFunctions.Hosting;

namespace Functions.Tests;

public sealed class InstanceInputTests
{
    [Theory]
    [InlineData("[1]")]
    [InlineData("no JSON")]
    [InlineData("{\"id\": 7}")]
    [InlineData(null)]
    public void An_input_that_cannot_be_read_is_none(string? input) => Assert.Null(Instance(input).TryReadInput<PredictionRequest>());

    [Fact]
    public void An_input_that_can_be_read_is_there()
    {
        var request = new PredictionRequest { Id = "p-0", UploadId = "u-0", Center = "A", Actor = "test" };
        Assert.Equal(request, Instance(IsolatedWorker.Converter.Serialize(request)).TryReadInput<PredictionRequest>());
    }

    private static OrchestrationMetadata Instance(string? input) => new("name", "p-0") { DataConverter = IsolatedWorker.Converter, SerializedInput = input };
}

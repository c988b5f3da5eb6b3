using System.Diagnostics.Metrics;
using Azure.Storage.Queues;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Telemetry;

namespace Functions.Tests.Telemetry;

public sealed class QueueMeterTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Work_that_waits_is_measured_and_other_queues_are_not()
    {
        var name = $"q{Guid.NewGuid():N}";
        var account = new QueueServiceClient(azurite.ConnectionString, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2025_11_05));
        foreach (var queue in new[] { $"{name}-workitems", $"{name}-control-00" })
        {
            await account.CreateQueueAsync(queue);
            await account.GetQueueClient(queue).SendMessageAsync("work");
        }

        await account.CreateQueueAsync($"{name}-empty-workitems");
        var measured = await MeasureAsync(new QueueMeter([account], new InAnHour()), name);

        Assert.Equal([$"{name}-empty-workitems", $"{name}-workitems"], measured.Keys.Select(key => key.Queue).Distinct().Order());
        Assert.InRange(measured[(QueueMeter.Ages, $"{name}-workitems")], 3590, 3660);
        Assert.Equal(1, measured[(QueueMeter.Lengths, $"{name}-workitems")]);
        Assert.Equal((0, 0), (measured[(QueueMeter.Ages, $"{name}-empty-workitems")], measured[(QueueMeter.Lengths, $"{name}-empty-workitems")]));
    }

    [Fact]
    public async Task Who_waits_for_a_turn_is_measured_as_a_queue_is()
    {
        var store = new BlobStore(azurite.Blobs);
        await store.EnsureContainersAsync(Containers.Turns);
        var book = store.Blob(Containers.Turns, "retrainings.json");
        await book.UploadAsync(BlobStore.Json(new TurnBook { Waiting = [new("r-1", "A", DateTime.UtcNow), new("r-2", "B", DateTime.UtcNow.AddHours(-1))] }), overwrite: true);

        var measured = await MeasureAsync(new QueueMeter([], new InAnHour()), "turns-", meter => meter.MeasureAsync(new TurnDesk(store, new TurnOptions(), TimeProvider.System)));

        await book.DeleteAsync();
        Assert.Equal(2, measured[(QueueMeter.Lengths, "turns-retraining")]);
        Assert.InRange(measured[(QueueMeter.Ages, "turns-retraining")], 7190, 7260);
        Assert.Contains((QueueMeter.Ages, "turns-study"), measured.Keys);
    }

    private static async Task<Dictionary<(string Metric, string Queue), double>> MeasureAsync(QueueMeter meter, string name, Func<QueueMeter, Task>? measure = null)
    {
        Dictionary<(string, string), double> measured = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == StepMeter.Name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();
        await (measure is null ? meter.MeasureAsync(CancellationToken.None) : measure(meter));
        return measured;

        void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags is [{ Key: "queue", Value: string queue }] && queue.StartsWith(name, StringComparison.Ordinal))
                measured[(instrument.Name, queue)] = value;
        }
    }

    private sealed class InAnHour : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(1);
    }
}

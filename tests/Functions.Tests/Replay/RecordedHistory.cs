using DurableTask.Core.History;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;

namespace Functions.Tests.Replay;

/// <summary>All events of one execution of an orchestration, in order, as Durable Task keeps them.</summary>
internal sealed class RecordedHistory(IReadOnlyList<HistoryEvent> events)
{
    private static readonly Dictionary<EventType, Type> _types = HistoryEvent.KnownTypes()
        .Where(type => type.Name.EndsWith("Event", StringComparison.Ordinal) && Enum.TryParse<EventType>(type.Name[..^"Event".Length], out _))
        .ToDictionary(type => Enum.Parse<EventType>(type.Name[..^"Event".Length]));

    // Dates as they are and without the machine's zone; enums by name, so that a person can read what is committed.
    private static readonly JsonSerializer _serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        Converters = { new StringEnumConverter() },
        DateTimeZoneHandling = DateTimeZoneHandling.Utc,
        NullValueHandling = NullValueHandling.Ignore,
    });

    /// <summary>How the execution began.</summary>
    public ExecutionStartedEvent Started => events.OfType<ExecutionStartedEvent>().First();

    /// <summary>How many events there are.</summary>
    public int Count => events.Count;

    /// <summary>How long each durable timer was to wait, in order.</summary>
    public IEnumerable<TimeSpan> Waits => Turns.SelectMany(turn => turn.Events.OfType<TimerCreatedEvent>().Select(timer => timer.FireAt - turn.Events[0].Timestamp));

    /// <summary>What the orchestrator was woken for, one time after the other.</summary>
    public IReadOnlyList<RecordedTurn> Turns
    {
        get
        {
            // A turn ends where the next one starts: the history of an execution that another one went on in says at once that its first turn is over, and
            // then what that turn did.
            List<RecordedTurn> turns = [];
            var began = 0;
            for (var i = 0; i < events.Count; i++)
            {
                if (events[i] is OrchestratorStartedEvent)
                    began = i;
                else if (events[i] is OrchestratorCompletedEvent && (i + 1 == events.Count || events[i + 1] is OrchestratorStartedEvent))
                    turns.Add(new([.. events.Take(began)], [.. events.Skip(began).Take(i - began)]));
            }

            return turns;
        }
    }

    /// <summary>Reads an array of events.</summary>
    public static RecordedHistory Parse(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
        return new([.. JArray.Load(reader).Select(e => (HistoryEvent)e.ToObject(_types[e["EventType"]!.ToObject<EventType>(_serializer)], _serializer)!)]);
    }

    /// <summary>Writes the events to a file where the variable <c>RADIOMICS_HISTORIES</c> names a folder, to be committed for later versions to replay.</summary>
    public RecordedHistory KeepAs(string name)
    {
        if (Environment.GetEnvironmentVariable("RADIOMICS_HISTORIES") is { Length: > 0 } folder)
        {
            var kept = JArray.FromObject(events, _serializer);
            // They name folders of the machine, and a replay doesn't look at them.
            foreach (var trace in kept.Descendants().OfType<JProperty>().Where(property => property.Name == "StackTrace").ToList())
                trace.Remove();
            File.WriteAllText(Path.Combine(folder, $"{name}.json"), $"{kept}\n");
        }

        return this;
    }
}

/// <summary>A turn of an orchestrator.</summary>
/// <param name="Past">What had happened before.</param>
/// <param name="Events">What woke it, and what it did about that.</param>
internal sealed record RecordedTurn(IReadOnlyList<HistoryEvent> Past, IReadOnlyList<HistoryEvent> Events)
{
    public IEnumerable<HistoryEvent> Woken => Events.Where(e => !IsDeed(e));

    public IEnumerable<HistoryEvent> Done => Events.Where(IsDeed);

    public bool HasEnded => Events.Any(e => e is ExecutionCompletedEvent);

    private static bool IsDeed(HistoryEvent e) =>
        e is TaskScheduledEvent or TimerCreatedEvent or SubOrchestrationInstanceCreatedEvent or EventSentEvent or ExecutionCompletedEvent;
}

using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Radiomics;
using Radiomics.Pipeline;
using RadiomicsFunctions.Activities;
using RadiomicsFunctions.Orchestrations;

namespace Functions.Tests.InMemory;

/// <summary>The app's orchestrations on Durable Task's host in memory, with scripts in place of the activities and quick retries.</summary>
public sealed class InMemoryHub : IAsyncLifetime
{
    private static readonly MethodInfo[] _activities =
    [
        .. typeof(PredictStudy).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(ActivityTriggerAttribute)))),
    ];

    private readonly ConcurrentDictionary<string, Script> _scripts = new();
    private DurableTaskTestHost? _host;

    internal DurableTaskClient Client => _host!.Client;

    public async ValueTask InitializeAsync()
    {
        _host = await DurableTaskTestHost.StartAsync(
            registry =>
            {
                foreach (var orchestrator in Orchestrators.Names)
                    registry.AddOrchestrator(orchestrator, Orchestrators.Get(orchestrator, context => Hurry(orchestrator, context)));
                foreach (var activity in _activities)
                    registry.AddActivity(new TaskName(activity.GetCustomAttribute<FunctionAttribute>()!.Name), new ScriptedActivity(activity, _scripts));
            },
            new DurableTaskTestHostOptions
            {
                Port = FreePort.Next(),
                ConfigureServices = services => services
                    .Configure<DurableTaskWorkerOptions>(options => options.DataConverter = IsolatedWorker.Converter)
                    .Configure<DurableTaskClientOptions>(options => options.DataConverter = IsolatedWorker.Converter),
            });
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    internal async Task<OrchestrationMetadata> PredictAsync(PredictionRequest request, Script script)
    {
        await StartAsync(nameof(PredictStudy), request.Id, request, script);
        return await EndAsync(request.Id);
    }

    internal async Task<OrchestrationMetadata> AwaitAsync(AwaitRequest request, Script script)
    {
        await StartAsync(nameof(AwaitStudy), request.Id, request, script);
        return await EndAsync(request.Id);
    }

    internal async Task<OrchestrationMetadata> RetrainAsync(RetrainingRequest request, Script script)
    {
        await StartRetrainingAsync(request, script);
        return await EndAsync(request.Id);
    }

    internal Task StartRetrainingAsync(RetrainingRequest request, Script script) => StartAsync(nameof(RetrainCenter), request.Id, request, script);

    internal async Task<OrchestrationMetadata> EndAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    private static TaskOrchestrationContext Hurry(string orchestrator, TaskOrchestrationContext context) =>
        orchestrator == nameof(AwaitStudy) ? new HurriedTimers(new HurriedContext(context)) : new HurriedContext(context);

    private Task StartAsync(string orchestrator, string id, object request, Script script)
    {
        _scripts[id] = script;
        return Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, request, new StartOrchestrationOptions(id));
    }

    private sealed class ScriptedActivity(MethodInfo activity, ConcurrentDictionary<string, Script> scripts) : ITaskActivity
    {
        public Type InputType => activity.GetParameters()[0].ParameterType;

        public Type OutputType => activity.ReturnType.GetGenericArguments()[0];

        public async Task<object?> RunAsync(TaskActivityContext context, object? input)
        {
            await Task.Yield();
            return scripts[context.InstanceId].Answer(context.Name, input!);
        }
    }
}

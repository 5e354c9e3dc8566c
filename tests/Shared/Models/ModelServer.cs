using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>
/// Stands in for the servers of language models: takes what OpenAI, Azure and Anthropic take, refuses what they refuse,
/// and answers what the test says, in the form of the one that was asked.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    /// <summary>The model that is known where a test names none.</summary>
    public const string DefaultModel = "test-model";

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<ModelRequest> _requests = [];
    private readonly List<string> _refused = [];
    private readonly PromptCache _cache = new();
    private readonly string _key;
    private readonly IReadOnlyCollection<string> _models;
    private Func<ModelRequest, ModelAnswer> _answer;
    private int _arrivals;
    private int _atOnce;
    private int _mostAtOnce;

    private ModelServer(Func<ModelRequest, ModelAnswer> answer, string key, IReadOnlyCollection<string> models)
    {
        (_answer, _key, _models) = (answer, key, models);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public Uri OpenAiBase => new(AnthropicBase, "v1");

    public Uri AnthropicBase => new(_app.Urls.First());

    /// <summary>Every accepted request, in order.</summary>
    public IReadOnlyList<ModelRequest> Requests => Locked<IReadOnlyList<ModelRequest>>(() => [.. _requests]);

    /// <summary>A line for every request that was turned away, and for every answer that could not be made.</summary>
    public IReadOnlyList<string> Refused => Locked<IReadOnlyList<string>>(() => [.. _refused]);

    /// <summary>How many accepted requests were waiting for their answers at the busiest moment.</summary>
    public int MostAtOnce => Locked(() => _mostAtOnce);

    public Func<ModelRequest, ModelAnswer> Answer
    {
        get => Volatile.Read(ref _answer);
        set => Volatile.Write(ref _answer, value);
    }

    public static async Task<ModelServer> StartAsync(
        Func<ModelRequest, ModelAnswer> answer, string key = "test-key", params string[] models)
    {
        var server = new ModelServer(answer, key, models.Length == 0 ? [DefaultModel] : models);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var protocol = Routes.Find(context.Request.Path);
        var requestId = $"req_{Interlocked.Increment(ref _arrivals):D8}";
        var delivery = new Delivery(context, protocol ?? new OpenAiProtocol(), requestId);
        try
        {
            var (call, body, asked) = await Reading.ReadAsync(context, protocol, _key, _models);
            await AnswerAsync(context, protocol!, delivery, asked, number => new ModelRequest(
                protocol!.Name, asked.Model, asked.System, asked.Messages, asked.Schema, body, number, call.Headers));
        }
        catch (RefusedException refused)
        {
            Note($"{context.Request.Method} {context.Request.Path}: {refused.Status} {refused.Message}");
            await delivery.ErrorAsync(refused);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(
        HttpContext context, IProtocol protocol, Delivery delivery, Asked asked, Func<int, ModelRequest> number)
    {
        var request = Locked(() =>
        {
            _mostAtOnce = Math.Max(_mostAtOnce, ++_atOnce);
            var accepted = number(_requests.Count + 1);
            _requests.Add(accepted);
            return accepted;
        });
        try
        {
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
            var answer = await Scripted.AnswerAsync(Answer, request, wait.Token);
            await Scripted.SendAsync(answer, delivery, (reply, characters) =>
                protocol.Reply(request, reply, _cache.Usage(asked, characters)));
        }
        finally
        {
            Locked(() => _atOnce--);
        }
    }

    private void Note(string line) => Locked(() =>
    {
        _refused.Add(line);
        return true;
    });

    private T Locked<T>(Func<T> what)
    {
        lock (_lock) return what();
    }
}

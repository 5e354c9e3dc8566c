using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What is answered, and what goes wrong on the way back.</summary>
internal sealed record ApiAnswer(JsonObject Body, int Status = 200, int? RetryAfter = null, Fault? Fault = null);

/// <summary>Calls of the Web API: who calls, whether they may, how often, and with what.</summary>
internal sealed class Api(SlackServer server)
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    private World World => server.World;

    public async Task HandleAsync(HttpContext context, string method)
    {
        var received = await Received.ReadAsync(context);
        var answer = World.Locked(() => Answer(method, received));
        await server.WaitAsync(server.Faults.Delay(method), context.RequestAborted);
        await server.WaitAsync(server.Faults.Held(method), context.RequestAborted);
        await SendAsync(context, answer);
    }

    public static void Demand(Token token, IReadOnlyList<string> scopes)
    {
        if (scopes.Count > 0 && !scopes.Any(token.Scopes.Contains))
            throw new SlackErrorException("missing_scope", $"needs {scopes[0]}") { Scope = (scopes[0], string.Join(',', token.Scopes)) };
    }

    private ApiAnswer Answer(string name, Received received)
    {
        Token? token = null;
        Arguments? args = null;
        void Note(string why) => World.Refusals.Add($"{name}: {why}");
        try
        {
            var method = Methods.Find(name) ?? throw new SlackErrorException("unknown_method", "no such method");
            args = Reading.Arguments(received, method.Json, Note);
            token = Authenticate(received, args, method);
            Demand(token, method.Scopes);
            Pace(name, method, token, args.Find("channel"), Note);
            var fault = server.Faults.Take(name, args.Find("channel"));
            if (fault is Fault.TooFast fast)
                throw TooFast(World.Limits.Hold(Key(name, token, fast.Channel), fast.Seconds));
            if (fault is Fault.Error error)
                return Noted(name, token, args, new ApiAnswer(new JsonObject { ["ok"] = false, ["error"] = error.Code }), error.Code);
            if (fault is Fault.Status or Fault.NotJson)
                return Noted(name, token, args, new ApiAnswer([], Fault: fault), fault.ToString());
            var body = method.Answer(new Caller(World, token, server, Note) { Authorization = received.Authorization }, args);
            body.Insert(0, "ok", true);
            return Noted(name, token, args, new ApiAnswer(body, Fault: fault), null);
        }
        catch (SlackErrorException wrong)
        {
            if (wrong.Error != "ratelimited") Note($"{wrong.Error}: {wrong.Message}");
            return Noted(name, token, args, Refusal(wrong), wrong.Error);
        }
    }

    private ApiAnswer Noted(string name, Token? token, Arguments? args, ApiAnswer answer, string? error)
    {
        World.Calls.Add(new SlackCall(name, token?.Team?.Id, World.Options.Time.GetUtcNow(), args?.Given ?? NoArguments, error));
        return answer;
    }

    private static ApiAnswer Refusal(SlackErrorException wrong)
    {
        var body = new JsonObject { ["ok"] = false, ["error"] = wrong.Error };
        if (wrong.Scope is var (needed, provided)) (body["needed"], body["provided"]) = (needed, provided);
        if (wrong.Detail is { } detail) body["response_metadata"] = new JsonObject { ["messages"] = new JsonArray(detail) };
        return new ApiAnswer(body, wrong.Error == "ratelimited" ? 429 : 200, wrong.RetryAfter);
    }

    private Token Authenticate(Received received, Arguments args, Method method)
    {
        if (method.TokenPrefix is null) return new Token("", null, []);
        if (received.Authorization is not { } given && args.Find("token") is null)
            throw new SlackErrorException("not_authed", "no token");
        given = received.Authorization ?? $"Bearer {args.Find("token")}";
        if (!given.StartsWith("Bearer ", StringComparison.Ordinal)) throw new SlackErrorException("not_authed", "no Bearer token");
        if (!World.Tokens.TryGetValue(given["Bearer ".Length..], out var token))
            throw new SlackErrorException("invalid_auth", "nobody has this token");
        if (token.Revoked) throw new SlackErrorException("token_revoked", "the token was revoked");
        if (token.ExpiresAt <= World.Options.Time.GetUtcNow()) throw new SlackErrorException("token_expired", "the token has expired");
        if (token.Team is null == (method.TokenPrefix == "xoxb-"))
            throw new SlackErrorException("not_allowed_token_type", $"a token {method.TokenPrefix}… is wanted");
        return token;
    }

    private void Pace(string name, Method method, Token token, string? channel, Action<string> note)
    {
        var limits = World.Options.Limits;
        foreach (var key in new[] { Key(name, token, null), Key(name, token, channel ?? "-") })
            if (World.Limits.Running(key) is { } left)
            {
                note($"posted before Retry-After: {left} s too early");
                throw TooFast(left);
            }

        if (method.PerMinute?.Invoke(limits) is { } perMinute
            && World.Limits.Take(Key(name, token, null), perMinute / 60.0, perMinute) is { } wait)
            throw TooFast(wait);
        if (name == "chat.postMessage"
            && World.Limits.Take(Key(name, token, channel ?? "-"), limits.PostsPerSecond, limits.PostBurst) is { } pause)
            throw TooFast(pause);
    }

    private static string Key(string method, Token token, string? channel) => $"{method} {token.Team?.Id} {channel}";

    private static SlackErrorException TooFast(int seconds) => new("ratelimited", $"{seconds} s") { RetryAfter = seconds };

    private async Task SendAsync(HttpContext context, ApiAnswer answer)
    {
        var response = context.Response;
        switch (answer.Fault)
        {
            case Fault.Hang:
                await server.WaitAsync(TimeSpan.FromSeconds(30), context.RequestAborted);
                context.Abort();
                return;
            case Fault.Reset:
                context.Abort();
                return;
            case Fault.Status status:
                response.StatusCode = status.Code;
                return;
            case Fault.NotJson:
                response.ContentType = "text/html; charset=utf-8";
                await response.WriteAsync("<!doctype html><title>Slack</title><p>We are having trouble.", context.RequestAborted);
                return;
        }

        response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } seconds) response.Headers.RetryAfter = $"{seconds}";
        response.ContentType = "application/json; charset=utf-8";
        await response.WriteAsync(answer.Body.ToJsonString(), context.RequestAborted);
    }
}

using System.Text.Json.Nodes;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Adapters.Slack;
using BotPlatform.Adapters.Slack.BlockKit;

namespace BotPlatform.Service.Slack;

/// <summary>
/// Posts so that each message appears once: it carries a key in its metadata, and where an attempt's fate is not known, the
/// conversation is searched for that key before it is tried again.
/// </summary>
internal sealed class SlackPosting(SlackApi api, SlackPosts posts, Telemetry telemetry)
{
    private const string EventType = "botplatform_post";
    private const string PageOfMessages = "200";
    private const int MostPages = 5;
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(5);

    /// <param name="waitForTurn">Waits until a call of this method may be made at this place; what came instead where it may not.</param>
    /// <param name="plain">Leaves blocks out, where Slack did not like them.</param>
    public async Task<Posted> PostAsync(
        SlackPost post,
        string token,
        string channel,
        string? thread,
        IReadOnlyList<SlackMessage> messages,
        bool plain,
        Func<string, string?, Task<Posted?>> waitForTurn,
        CancellationToken cancellation)
    {
        var sent = (int?)post.Json()["sent"] ?? 0;
        IReadOnlyDictionary<string, string> there = new Dictionary<string, string>(StringComparer.Ordinal);
        if (post.WasTried)
        {
            var (found, failure) = await FindAsync(post, token, channel, thread, waitForTurn, cancellation);
            if (found is null)
                return failure!;
            there = found;
        }

        string? first = there.GetValueOrDefault(Key(post, 0));
        for (var part = sent; part < messages.Count; part++)
        {
            if (there.ContainsKey(Key(post, part)))
                continue;
            if (await waitForTurn("chat.postMessage", channel) is { } notNow)
                return notNow;
            var reply = await CallAsync("chat.postMessage", token, Arguments(post, part, channel, thread, messages[part], plain), cancellation);
            if (reply is not SlackReply.Done done)
                return Failed("chat.postMessage", reply);
            if (done.Text("ts") is not { } ts)
                return new Posted.Later("Slack's answer does not say where the post is", Unknown: true);
            if (part == 0)
                first = ts;
            if (part + 1 < messages.Count)
                await posts.SentAsync(post, part + 1, cancellation);
        }

        return new Posted.Out(channel, first);
    }

    public async Task<SlackReply> CallAsync(string method, string token, JsonObject arguments, CancellationToken cancellation) =>
        Counted(method, await api.CallAsync(method, token, arguments, cancellation));

    public static Posted Failed(string method, SlackReply reply) => reply switch
    {
        SlackReply.Limited limited => new Posted.TooFast(limited.RetryAfter, method),
        SlackReply.NotSent sent => new Posted.Later(sent.Why, Unknown: false),
        SlackReply.Unknown unknown => new Posted.Later(unknown.Why, Unknown: true),
        SlackReply.Refused { Error: "invalid_auth" or "not_authed" or "account_inactive" or "token_revoked" or "token_expired" or "org_login_required" or "missing_scope" } refused =>
            new Posted.NoToken($"Slack answered {refused.Error}"),
        SlackReply.Refused refused => new Posted.Never($"Slack answered {refused.Error}"),
        _ => throw new ArgumentException("it did not fail", nameof(reply)),
    };

    private SlackReply Counted(string method, SlackReply reply)
    {
        telemetry.SlackCalled(method, reply switch
        {
            SlackReply.Done => "ok",
            SlackReply.Refused refused => refused.Error,
            SlackReply.Limited => "ratelimited",
            SlackReply.NotSent => "not_sent",
            _ => "unknown",
        });
        return reply;
    }

    /// <summary>The keys of our posts in a conversation since this one was queued, with their timestamps; null where it could not be searched.</summary>
    private async Task<(IReadOnlyDictionary<string, string>? Found, Posted? Failure)> FindAsync(
        SlackPost post, string token, string channel, string? thread, Func<string, string?, Task<Posted?>> waitForTurn, CancellationToken cancellation)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var oldest = new DateTimeOffset(post.CreatedAt) - ClocksApart;
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var arguments = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["channel"] = channel,
                ["oldest"] = $"{oldest.ToUnixTimeSeconds()}.000000",
                ["limit"] = PageOfMessages,
                ["include_all_metadata"] = "true",
            };
            if (thread is not null)
                arguments["ts"] = thread;
            if (cursor is not null)
                arguments["cursor"] = cursor;
            var method = thread is null ? "conversations.history" : "conversations.replies";
            if (await waitForTurn(method, null) is { } notNow)
                return (null, notNow);
            var reply = Counted(method, await api.CallWithFormAsync(method, new("Bearer", token), arguments, cancellation));
            if (reply is not SlackReply.Done done)
                return (null, Failed(method, reply));
            foreach (var (key, ts) in done.Posts(EventType))
                found[key] = ts;
            if (done.Text("response_metadata", "next_cursor") is not { Length: > 0 } next)
                return (found, null);
            cursor = next;
        }

        return (null, new Posted.Later("too much was written since to find out whether it is out", Unknown: true));
    }

    private static JsonObject Arguments(SlackPost post, int part, string channel, string? thread, SlackMessage message, bool plain)
    {
        var arguments = new JsonObject
        {
            ["channel"] = channel,
            ["text"] = message.Text,
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
            ["metadata"] = new JsonObject { ["event_type"] = EventType, ["event_payload"] = new JsonObject { ["key"] = Key(post, part) } },
        };
        if (!plain)
            arguments["blocks"] = message.Blocks.DeepClone();
        if (thread is not null)
            arguments["thread_ts"] = thread;
        return arguments;
    }

    private static string Key(SlackPost post, int part) => $"{post.EffectId:N}:{part}";
}

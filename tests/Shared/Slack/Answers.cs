using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What an app says at a response_url, or at once to a command.</summary>
internal static class Answers
{
    private static readonly JsonElement NoBlocks = JsonElement.Parse("[]");

    public static async Task HandleAsync(SlackServer server, HttpContext context)
    {
        var received = await Received.ReadAsync(context);
        var path = context.Request.Path.Value!;
        var error = server.World.Locked(() => Take(server.World, path, received));
        context.Response.StatusCode = error switch
        {
            null => StatusCodes.Status200OK,
            "used_url" or "expired_url" or "no_such_url" => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status400BadRequest,
        };
        await context.Response.WriteAsync(error ?? "ok", context.RequestAborted);
    }

    /// <summary>Posts, replaces or deletes; to the person alone unless it says in_channel.</summary>
    public static void Say(World world, ResponseUrls.Issued url, Arguments args, Action<string> note)
    {
        args.Allow("text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts", "metadata", "mrkdwn",
            "unfurl_links", "unfurl_media");
        var original = url.MessageTs is { } ts ? url.Channel.Find(ts) : null;
        if (args.Flag("delete_original"))
        {
            if (original is not null) url.Channel.Remove(original);
            return;
        }

        var content = Content.Read(args, note, 40_000);
        if (content.IsEmpty) throw new SlackErrorException("no_text", "neither text nor blocks");
        var blocks = Blocks.Named(content.Blocks ?? NoBlocks, world);
        if (args.Flag("replace_original") && original is not null)
        {
            (original.Text, original.Blocks, original.EditedTs) = (content.Text, blocks, world.NextTs());
            return;
        }

        var team = url.Person.Team;
        var inChannel = args.Find("response_type") switch
        {
            "in_channel" => true,
            "ephemeral" or null => false,
            var other => throw SlackErrorException.Arguments($"no response_type: {other}"),
        };
        var message = new SlackMessage(team, world.NextTs(), team.BotUser)
        {
            Text = content.Text,
            Blocks = blocks,
            ThreadTs = args.Find("thread_ts"),
        };
        if (inChannel) url.Channel.Add(message);
        else url.Person.SeenAlone.Add(message.Post(url.Channel.Id));
    }

    private static string? Take(World world, string path, Received received)
    {
        void Note(string why) => world.Refusals.Add($"response_url: {why}");
        try
        {
            if (received.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
                throw new SlackErrorException("invalid_payload", "a response_url takes JSON");
            Say(world, world.ResponseUrls.Use(path), new Arguments(Reading.Json(received.Body)), Note);
            return null;
        }
        catch (SlackErrorException wrong)
        {
            Note($"{wrong.Error}: {wrong.Message}");
            return wrong.Error;
        }
    }
}

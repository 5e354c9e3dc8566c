using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Installing the app: the page that asks, and the exchange of its code, or of a refresh token, for a token.</summary>
internal sealed class OAuth(World world)
{
    private const int TokenLasts = 43_200;
    private static readonly TimeSpan CodeLasts = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Grant> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Grant> _refreshTokens = new(StringComparer.Ordinal);

    /// <summary>Who stands before the page, and whether they allow what it asks.</summary>
    public (SlackPerson? Person, bool Allows) Asked { get; set; }

    public Task AuthorizeAsync(HttpContext context)
    {
        try
        {
            context.Response.Redirect(world.Locked(() => Authorize(context.Request.Query)));
            return Task.CompletedTask;
        }
        catch (SlackErrorException wrong)
        {
            world.Refuse($"/oauth/v2/authorize: {wrong.Error}: {wrong.Message}");
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync(wrong.Error, context.RequestAborted);
        }
    }

    public static JsonObject Access(Caller caller, Arguments args)
    {
        args.Allow("client_id", "client_secret", "code", "grant_type", "redirect_uri", "refresh_token");
        var (id, secret) = Client(caller.Authorization, args);
        var options = caller.World.Options;
        if (id != options.ClientId) throw new SlackErrorException("invalid_client_id", $"no client {id}");
        if (secret != options.ClientSecret) throw new SlackErrorException("bad_client_secret", "another secret");
        var oauth = caller.Server.OAuth;
        return (args.Find("grant_type") ?? "authorization_code") switch
        {
            "authorization_code" => oauth.Token(oauth.Redeem(args)),
            "refresh_token" => oauth.Token(oauth.Refresh(args)),
            var other => throw new SlackErrorException("invalid_grant_type", $"no grant_type {other}"),
        };
    }

    private string Authorize(IQueryCollection query)
    {
        var redirect = query["redirect_uri"].ToString();
        if (query["client_id"] != world.Options.ClientId) throw new SlackErrorException("invalid_client_id", $"no client {query["client_id"]}");
        if (!Uri.TryCreate(redirect, UriKind.Absolute, out _)) throw new SlackErrorException("bad_redirect_uri", $"no address: {redirect}");
        var scopes = query["scope"].ToString().Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0) throw new SlackErrorException("invalid_scope_requested", "no scope");
        if (query["state"].ToString().Length == 0) world.Refusals.Add("/oauth/v2/authorize: no state, so that anyone could have begun this");
        var (person, allows) = Asked;
        if (person is null) throw new InvalidOperationException("nobody stands before the page: say who with server.InstallAs");
        Dictionary<string, string?> answer = new(StringComparer.Ordinal) { ["state"] = query["state"].ToString() };
        if (!allows)
        {
            answer["error"] = "access_denied";
            return QueryHelpers.AddQueryString(redirect, answer);
        }

        var code = $"1764.{world.Number()}.{world.Number():x32}";
        _codes[code] = new Grant(person, scopes, redirect, world.Options.Time.GetUtcNow());
        answer["code"] = code;
        return QueryHelpers.AddQueryString(redirect, answer);
    }

    private Grant Redeem(Arguments args)
    {
        if (!_codes.TryGetValue(args.Need("code"), out var grant)) throw new SlackErrorException("invalid_code", "nobody gave this code, or it was used");
        if (world.Options.Time.GetUtcNow() - grant.At > CodeLasts) throw new SlackErrorException("invalid_code", "older than ten minutes");
        if (args.Find("redirect_uri") != grant.RedirectUri) throw new SlackErrorException("bad_redirect_uri", "not the one that was asked with");
        _codes.Remove(args.Need("code"));
        return grant;
    }

    private Grant Refresh(Arguments args) => _refreshTokens.Remove(args.Need("refresh_token"), out var grant)
        ? grant
        : throw new SlackErrorException("invalid_refresh_token", "nobody gave this refresh token, or it was used");

    private JsonObject Token(Grant grant)
    {
        var (team, number, rotates) = (grant.Person.Team, world.Number(), world.Options.RotateTokens);
        var value = rotates ? $"xoxe.xoxb-1-{team.Id}-{number:x8}" : $"xoxb-{team.Id}-{number:x8}";
        DateTimeOffset? expires = rotates ? world.Options.Time.GetUtcNow().AddSeconds(TokenLasts) : null;
        world.Tokens[value] = new Token(value, team, grant.Scopes) { ExpiresAt = expires };
        (team.BotToken, team.Scopes, team.IsInstalled) = (value, grant.Scopes, true);
        var answer = new JsonObject
        {
            ["access_token"] = value,
            ["token_type"] = "bot",
            ["scope"] = string.Join(',', grant.Scopes),
            ["bot_user_id"] = team.BotUser,
            ["app_id"] = team.AppId,
            ["team"] = new JsonObject { ["id"] = team.Id, ["name"] = $"Workspace {team.Id}" },
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
            ["authed_user"] = new JsonObject { ["id"] = grant.Person.Id },
        };
        if (!rotates) return answer;
        var refresh = $"xoxe-1-{team.Id}-{world.Number():x8}";
        _refreshTokens[refresh] = grant;
        (answer["expires_in"], answer["refresh_token"]) = (TokenLasts, refresh);
        return answer;
    }

    private static (string Id, string Secret) Client(string? authorization, Arguments args)
    {
        if (authorization is null) return (args.Need("client_id"), args.Need("client_secret"));
        var bytes = new byte[authorization.Length];
        return authorization.StartsWith("Basic ", StringComparison.Ordinal)
            && Convert.TryFromBase64String(authorization["Basic ".Length..], bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
            ? (id, secret)
            : throw new SlackErrorException("invalid_client_id", "no client by basic authentication");
    }

    private sealed record Grant(SlackPerson Person, IReadOnlyList<string> Scopes, string RedirectUri, DateTimeOffset At);
}

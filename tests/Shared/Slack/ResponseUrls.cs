namespace BotPlatform.Tests.Shared.Slack;

/// <summary>Addresses to answer a command or a click at: five times within half an hour.</summary>
internal sealed class ResponseUrls(TimeProvider time)
{
    public const int Uses = 5;
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, Issued> _issued = new(StringComparer.Ordinal);

    public string Issue(SlackPerson person, SlackChannel channel, string? messageTs, int number)
    {
        var path = $"/actions/{person.Team.Id}/{number}/{number:x16}";
        _issued[path] = new Issued(person, channel, messageTs, time.GetUtcNow());
        return path;
    }

    /// <summary>Where an answer goes that comes at once and uses nothing up.</summary>
    public Issued Find(string path) => _issued[path];

    public Issued Use(string path)
    {
        if (!_issued.TryGetValue(path, out var url)) throw new SlackErrorException("no_such_url", path);
        if (url.Used == Uses) throw new SlackErrorException("used_url", $"used {Uses} times");
        if (time.GetUtcNow() - url.At > Lasting) throw new SlackErrorException("expired_url", "older than half an hour");
        url.Used++;
        return url;
    }

    /// <param name="MessageTs">The message that was clicked in, or null.</param>
    internal sealed record Issued(SlackPerson Person, SlackChannel Channel, string? MessageTs, DateTimeOffset At)
    {
        public int Used { get; set; }
    }
}

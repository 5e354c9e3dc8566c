using System.Globalization;

namespace BotPlatform.Tests.Shared.Slack;

/// <summary>What a person's click or command allows for a moment, once: to open a modal before them.</summary>
internal sealed class Triggers(TimeProvider time, TimeSpan lasting)
{
    private readonly Dictionary<string, Trigger> _issued = new(StringComparer.Ordinal);

    public string Issue(SlackPerson person, int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{number}.{1764500000 + number}.{number:x32}");
        _issued[id] = new Trigger(person, time.GetUtcNow());
        return id;
    }

    public SlackPerson Exchange(string id, SlackTeam team)
    {
        if (!_issued.TryGetValue(id, out var trigger) || trigger.Person.Team != team)
            throw new SlackErrorException("invalid_trigger_id", $"nobody issued {id} to this workspace");
        if (trigger.Used) throw new SlackErrorException("exchanged_trigger_id", "used before");
        if (time.GetUtcNow() - trigger.At > lasting)
            throw new SlackErrorException("expired_trigger_id", $"{(time.GetUtcNow() - trigger.At).TotalSeconds:0.0} s old");
        trigger.Used = true;
        return trigger.Person;
    }

    private sealed record Trigger(SlackPerson Person, DateTimeOffset At)
    {
        public bool Used { get; set; }
    }
}

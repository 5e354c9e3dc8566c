namespace BotPlatform.Interviewing.Probes;

/// <summary>Why a follow-up is asked, in the order of precedence.</summary>
public enum ProbeKind
{
    /// <summary>A number that does not come out, asked about neutrally before it costs anything.</summary>
    Arithmetic,

    /// <summary>Two statements that cannot both hold.</summary>
    Contradiction,

    /// <summary>A wrong turn, with the chance to take it back.</summary>
    WrongTurn,

    /// <summary>An essential of the level that has had no chance yet.</summary>
    Essential,

    /// <summary>A word that stands there without substance.</summary>
    Buzzword,

    /// <summary>For who has met the bar.</summary>
    Stretch,
}

/// <summary>A follow-up aimed at a gap.</summary>
/// <param name="Id">What it is about: a point, a red flag, a conflict, a stretch question.</param>
/// <param name="Text">The engine's own wording: one question.</param>
public sealed record Probe(ProbeKind Kind, string Id, string Text)
{
    /// <summary>Two probes with the same key are the same question.</summary>
    public static string Key(ProbeKind kind, string id) => $"{kind}:{id}";
}

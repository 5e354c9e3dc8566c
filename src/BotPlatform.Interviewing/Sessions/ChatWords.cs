using BotPlatform.Interviewing.Problems;

namespace BotPlatform.Interviewing.Sessions;

/// <summary>Bare words that mean a command, where nothing but typing is possible; only as the whole message.</summary>
public static class ChatWords
{
    // As many letters tell the steps apart, whatever their ending: model, modelling, monitor.
    private const int Telling = 5;
    private const int Longest = 40;
    private static readonly char[] NotLetters = [.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsLetter(c))];

    /// <summary>The command that a message is, or the input unchanged.</summary>
    public static Input Understand(Session session, Input input)
    {
        if (input is not Input.MessageReceived message || message.Text.Length > Longest)
            return input;
        var word = Word(message.Text);
        if (session.State == SessionState.AwaitingConsent)
            return Consent(word) is { } agreed ? agreed with { HandledAt = input.HandledAt } : input;
        return Command(word) is { } command
            ? command with { HandledAt = input.HandledAt, Findings = input.Findings }
            : input;
    }

    /// <summary>The command that a text is as a whole, for channels where it may be given outside of the interview; null when it is none.</summary>
    public static Input? CommandIn(string text) => text.Length > Longest ? null : Command(Word(text));

    /// <summary>The step that is named first in a text, or null: "the modelling part, please".</summary>
    public static Step? StepIn(string text)
    {
        foreach (var word in text.ToLowerInvariant().Split(NotLetters, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var step in Steps.All)
            {
                if (word == step.Name() || (word.Length >= Telling && step.Name().StartsWith(word[..Telling], StringComparison.Ordinal)))
                    return step;
            }
        }

        return null;
    }

    private static string Word(string text) => text.Trim().TrimEnd('.', '!').ToLowerInvariant();

    private static Input? Consent(string word) => word switch
    {
        "i agree" or "agree" or "agreed" or "yes" or "ok" or "go on" or "continue" or "start" => new Input.Consented(),
        "swap" => new Input.Swap(),
        "stop" or "cancel" => new Input.Stop(),
        _ => null,
    };

    private static Input? Command(string word) => word switch
    {
        "hint" => new Input.Hint(),
        "skip" => new Input.Skip(),
        "back" => new Input.Back(),
        "time" or "time left" => new Input.TimeLeft(),
        "feedback" => new Input.Feedback(),
        "pause" => new Input.Pause(),
        "resume" => new Input.Resume(),
        "stop" => new Input.Stop(),
        _ when word.StartsWith("back to ", StringComparison.Ordinal) && Steps.Parse(word[8..]) is { } step => new Input.Back(step),
        _ => null,
    };
}

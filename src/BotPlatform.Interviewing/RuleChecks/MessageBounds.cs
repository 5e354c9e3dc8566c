using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Messages joined to one text, and the way back from a place in it to the message it came from.</summary>
internal sealed class MessageBounds
{
    private const string Between = "\n\n";
    private readonly int[] _starts;
    private readonly int[] _turns;

    private MessageBounds(string text, int[] starts, int[] turns) => (Text, _starts, _turns) = (text, starts, turns);

    public string Text { get; }

    public static MessageBounds Of(IReadOnlyList<Turn> turns)
    {
        var starts = new int[turns.Count];
        for (var i = 1; i < turns.Count; i++)
            starts[i] = starts[i - 1] + turns[i - 1].Text.Length + Between.Length;
        return new MessageBounds(string.Join(Between, turns.Select(t => t.Text)), starts, [.. turns.Select(t => t.N)]);
    }

    /// <summary>The number of the message at a place in the text.</summary>
    public int TurnAt(int at) => _turns[Message(at)];

    /// <summary>The span between two places of one message.</summary>
    public Span SpanOf(int start, int end)
    {
        var message = Message(start);
        return new Span(_turns[message], start - _starts[message], end - start);
    }

    private int Message(int at)
    {
        var found = Array.BinarySearch(_starts, at);
        return found >= 0 ? found : ~found - 1;
    }
}

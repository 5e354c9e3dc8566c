namespace BotPlatform.Tests.Shared.Models;

/// <summary>What the double answers an accepted request with, well or badly.</summary>
public abstract record ModelAnswer
{
    private ModelAnswer()
    {
    }

    /// <summary>A complete reply.</summary>
    public sealed record Text(string Content) : ModelAnswer;

    /// <summary>The same, later. A client that gives up ends the wait.</summary>
    public sealed record Delayed(TimeSpan Delay, ModelAnswer Then) : ModelAnswer;

    /// <summary>The same, once the test lets it go.</summary>
    public sealed record Held(Task Until, ModelAnswer Then) : ModelAnswer;

    /// <summary>An error in the protocol's own JSON.</summary>
    public sealed record Status(int Code, int? RetryAfterSeconds = null) : ModelAnswer;

    /// <summary>A reset: at once, or when headers promising a whole reply and its first bytes are out.</summary>
    public sealed record CutConnection(bool AfterHeaders) : ModelAnswer;

    /// <summary>The first half of a complete reply, of no stated length: only the JSON shows that the rest is missing.</summary>
    public sealed record HalfJson(string Content) : ModelAnswer;

    /// <summary>200 and application/json, and then something else.</summary>
    public sealed record BrokenBody : ModelAnswer;

    /// <summary>The model declines. The texts of both protocols say so in a place of their own.</summary>
    public sealed record Refusal(string Reason) : ModelAnswer;

    /// <summary>A reply without choices, or without content blocks.</summary>
    public sealed record EmptyChoices : ModelAnswer;

    /// <summary>A call of a tool instead of a text, whether tools were offered or not.</summary>
    public sealed record ToolCall(string Name) : ModelAnswer;

    /// <summary>A reply that ends where the tokens ran out.</summary>
    public sealed record Cut(string Content) : ModelAnswer;

    /// <summary>A complete reply whose text has this many bytes.</summary>
    public sealed record Huge(int Bytes) : ModelAnswer;

    /// <summary>200 with an HTML page, as from a proxy that wants someone to sign in.</summary>
    public sealed record WrongContentType : ModelAnswer;
}

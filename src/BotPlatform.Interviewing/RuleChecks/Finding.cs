using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

public enum FindingKind
{
    /// <summary>A point of the rubric or the problem was shown; <see cref="Finding.Id"/> is the point's.</summary>
    Point,

    /// <summary>A fact of the problem was asked for; the id is the fact's.</summary>
    FactAsked,

    /// <summary>A question to the interviewer that no fact answers.</summary>
    OpenQuestion,

    /// <summary>A quantity with its unit, worth taking down in a recap.</summary>
    Quantity,

    /// <summary>Arithmetic stated in the text that is off by more than a factor of three.</summary>
    WrongArithmetic,

    /// <summary>Disagrees with something said in an earlier answer; the id names the matter.</summary>
    Contradiction,

    /// <summary>A wrong turn; the id is the red flag's.</summary>
    RedFlag,

    /// <summary>Takes an earlier red flag, contradiction or arithmetic back; the id is that finding's.</summary>
    Correction,

    /// <summary>Named without substance although it calls for some; the id is the point's.</summary>
    Buzzword,

    /// <summary>A reason, a weighed alternative, a summary, an answered probe; the id says which.</summary>
    Reasoning,

    /// <summary>Worth nothing: the id is one of addressed_to_grader, junk, pasted, buzzwords, off_topic.</summary>
    Junk,

    /// <summary>A figure that later answers must agree with; the id names it, the detail is its value.</summary>
    Claim,

    /// <summary>A figure far outside of what the problem makes plausible; the id is the quantity's. Costs nothing.</summary>
    OddFigure,
}

/// <summary>What a rule check saw, and where.</summary>
/// <param name="Strength">For points; otherwise <see cref="Strength.Named"/>.</param>
/// <param name="Detail">A figure or a unit in our own writing, never candidate text.</param>
public sealed record Finding(FindingKind Kind, string Id, Strength Strength, Span Span, string? Detail = null);

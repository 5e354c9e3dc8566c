using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Tests.Sessions;

/// <summary>Events and sessions as text, for comparing and for reading.</summary>
internal static class Printed
{
    /// <summary>One short line that says what happened, without times and ids.</summary>
    public static string Short(SessionEvent happened) => happened switch
    {
        SessionEvent.Said e => $"{(e.Speaker == Speaker.Candidate ? "candidate" : e.Kind == TurnKind.Question ? "asked" : "told")}: {e.Text.Value}",
        SessionEvent.AnswerExamined e => $"examined {e.FirstTurn}-{e.LastTurn}",
        SessionEvent.StepOpened e => $"opened {e.Step}",
        SessionEvent.StepClosed e => $"closed {e.Step}: {e.How}",
        SessionEvent.FactTold e => $"fact {e.FactId}",
        SessionEvent.ProbeAsked e => $"probe {e.Kind} {e.Id}",
        SessionEvent.HintGiven e => $"hint {e.PointId}",
        SessionEvent.FeedbackShown e => $"feedback {e.Step}",
        SessionEvent.DepthChosen e => $"depth {e.Step?.ToString() ?? "none"}",
        SessionEvent.TimerSet e => $"timer {e.Kind}",
        SessionEvent.WordingSettled e => $"wording {e.How}",
        SessionEvent.Paused e => e.ByItself ? "paused by itself" : "paused",
        SessionEvent.Ended e => $"ended: {e.How}",
        SessionEvent.TurnEdited e => $"edited {e.N}: {e.Text.Value}",
        SessionEvent.TurnDeleted e => $"deleted {e.N}",
        SessionEvent.LateChangeNoted e => $"late change of {e.N}: {e.Text?.Value ?? "deleted"}",
        _ => happened.GetType().Name,
    };

    public static bool IsCandidates(SessionEvent happened) => happened is SessionEvent.Said { Speaker: Speaker.Candidate };

    public static Guid? TextId(SessionEvent happened) => happened switch
    {
        SessionEvent.Said e => e.Text.Id,
        SessionEvent.TurnEdited e => e.Text.Id,
        SessionEvent.LateChangeNoted e => e.Text?.Id,
        _ => null,
    };

    public static string Short(Effect effect) => effect switch
    {
        Effect.Post e => $"post {e.Turn}",
        Effect.SetTimer e => $"timer {e.Kind}",
        _ => effect.GetType().Name,
    };

    /// <summary>Everything in a value, member by member; sets and dictionaries in a fixed order. Rule books are left out.</summary>
    public static string Whole(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append('-');
                break;
            case string or Guid or TimeSpan or Enum or bool:
                text.Append(value);
                break;
            case DateTimeOffset time:
                text.Append(time.ToString("O", CultureInfo.InvariantCulture));
                break;
            case IFormattable number when value.GetType().IsPrimitive:
                text.Append(number.ToString(format: null, CultureInfo.InvariantCulture));
                break;
            case IDictionary or IEnumerable when IsUnordered(value):
                text.Append('{').AppendJoin(", ", ((IEnumerable)value).Cast<object>().Select(Whole).Order(StringComparer.Ordinal)).Append('}');
                break;
            case IEnumerable many:
                text.Append('[').AppendJoin(", ", many.Cast<object>().Select(Whole)).Append(']');
                break;
            default:
                Members(text, value);
                break;
        }
    }

    private static void Members(StringBuilder text, object value)
    {
        text.Append(value.GetType().Name).Append('(');
        foreach (var member in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (member.Name is "Book" or "Books" or "EqualityContract" || member.GetIndexParameters().Length > 0)
                continue;
            text.Append(member.Name).Append('=');
            Write(text, member.GetValue(value));
            text.Append("; ");
        }

        text.Append(')');
    }

    private static bool IsUnordered(object value) =>
        value is IDictionary || value.GetType().GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlySet<>));
}

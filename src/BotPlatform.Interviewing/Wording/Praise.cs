using System.Collections.Immutable;

namespace BotPlatform.Interviewing.Wording;

/// <summary>Whether words say how good an answer was. An interviewer does not, in any language.</summary>
internal static class Praise
{
    private static readonly ImmutableArray<string> Phrases =
    [
        "great", "good answer", "good point", "good job", "good start", "good thinking", "good idea", "good choice", "good question", "very good", "really good",
        "excellent", "perfect", "well done", "well put", "impressive", "impressed", "spot on", "nice", "nicely", "fantastic", "awesome", "amazing", "brilliant", "wonderful",
        "outstanding", "superb", "love that", "love it", "i like", "solid answer", "solid start", "strong answer", "weak answer", "makes sense", "fair enough",
        "that is right", "that's right", "you are right", "you're right", "exactly right", "that is correct", "that's correct", "you are correct", "you're correct",
        "correct answer", "that is wrong", "that's wrong", "you are wrong", "you're wrong", "incorrect", "not quite", "unfortunately",
        "score", "scores", "scored", "grade", "grading", "rubric", "full marks", "the bar", "points for",
        "muy bien", "excelente", "perfecto", "très bien", "parfait", "sehr gut", "ausgezeichnet", "perfekt", "hervorragend", "ottimo", "perfetto", "muito bem", "ótimo",
        "很好", "太好了", "完美", "不错", "素晴らしい", "完璧", "いいですね", "отлично", "прекрасно", "молодец", "훌륭", "완벽", "좋은 답변", "ممتاز", "बहुत अच्छा",
    ];

    /// <param name="own">The engine's own words for what is asked and told, which may well speak of a score.</param>
    public static bool In(string text, string own)
    {
        var (said, free) = (Plain(text), Plain(own));
        return Phrases.Any(phrase => Count(said, phrase) is var times and > 0 && times > Count(free, phrase));
    }

    private static string Plain(string text) =>
        string.Join(' ', text.Replace('\u2019', '\'').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static int Count(string text, string phrase)
    {
        var times = 0;
        for (var at = text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            // Scripts without spaces have no such bounds.
            if (!char.IsAsciiLetter(phrase[0]) || (!IsLetter(text, at - 1) && !IsLetter(text, at + phrase.Length)))
                times++;
        }

        return times;
    }

    private static bool IsLetter(string text, int at) => at >= 0 && at < text.Length && char.IsLetter(text[at]);
}

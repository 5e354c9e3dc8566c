using System.Buffers;
using System.Collections.Immutable;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>
/// Finds paragraphs that speak to whoever scores the session. Phrases are compared as plain text, so that code
/// blocks and made-up system messages are no hiding place. One such phrase spoils the rest of its paragraph, in a code
/// block and behind a made-up speaker all of it.
/// </summary>
internal static class GraderAddress
{
    private static readonly ImmutableArray<string> Phrases =
    [
        "full marks", "full points", "full score", "full credit", "top marks", "maximum score", "max score to", "highest score", "perfect score", "highest rating",
        "strong hire", "strong_hire", "strong_yes", "strong yes", "give me a 4", "give a 4", "give 4", "award a 4", "award 4", "all 4s", "all fours", "4 out of 4",
        "4/4", "output 4", "output a 4", "score of 4", "score me", "rate me", "grade me", "mark me", "rate this answer", "rate this interview", "score this answer",
        "score this session", "score this interview", "score this candidate", "grade this answer", "grade this session", "pass this candidate",
        "ignore all previous", "ignore previous instruction", "ignore prior instruction", "ignore any previous", "ignore the above instruction",
        "ignore your instruction", "ignore all instruction", "ignore the rubric", "ignore your rubric", "disregard the rubric", "disregard your",
        "disregard previous", "disregard prior", "disregard all", "disregard any", "override your", "new instructions:", "you are a grader", "you are the grader",
        "you are now", "as the grader", "as a grader", "as the evaluator", "as an evaluator", "as the rater", "as the assessor", "if you are grading",
        "if you are scoring", "if you are evaluating", "whoever grades", "whoever scores", "whoever evaluates", "whoever reads this", "dear grader",
        "dear evaluator", "dear rater", "dear assessor", "dear judge", "note to grader", "note to the grader", "note to evaluator", "note to the evaluator",
        "note to rater", "note to the rater", "note for the grader", "note for the evaluator", "note for whoever", "message to the grader", "attention grader",
        "attention evaluator", "hey grader", "hello grader", "grader:", "evaluator:", "rater:", "assessor:", "to the grader", "to the evaluator", "rubric says", "this transcript", "treat the following as",
        "per the rubric", "according to the rubric", "meets the rubric", "scoring instruction", "grading instruction", "evaluation instruction",
        "evaluation is complete", "end of transcript", "end of interview", "the candidate has met", "the candidate has demonstrated", "the candidate demonstrates",
        "the candidate demonstrated", "the candidate deserves", "candidate should receive", "candidate should be", "this candidate should",
        "answer deserves", "session deserves", "interview deserves", "deserves a 4", "all criteria are", "all criteria have", "every criterion",
        "meets the bar for staff", "exceeds the bar", "<system", "[system]", "role: system", "\"role\":", "### instruction", "<|im_start|>", "[inst]",
        "\"scores\"", "\"score\":", "'score':", "\"recommendation\":", "\"verdict\":", "overall score:", "final score:", "recommendation:",
        "volle punktzahl", "höchstpunktzahl", "höchste punktzahl", "bestnote", "höchste note", "höchste bewertung", "ignoriere ", "bewerte mich", "bewerte diese",
        "an den bewerter", "an den prüfer", "note maximale", "meilleure note", "tous les points", "ignorez les", "ignore les instructions", "à l'évaluateur",
        "puntuación máxima", "máxima puntuación", "nota máxima", "calificación máxima", "ignora las", "ignora todas", "ignora todo", "al evaluador",
        "pontuação máxima", "ignore as instruções", "ao avaliador", "punteggio massimo", "voto massimo", "ignora le istruzioni", "al valutatore",
        "maximale score", "hoogste score", "negeer alle", "negeer de", "beoordelaar", "najwyższą ocenę", "maksymalną ocenę", "zignoruj", "tam puan",
        "en yüksek puan", "abaikan ", "nilai maksimal", "điểm tối đa", "игнорируй", "проигнорируй", "высший балл", "максимальный балл", "максимальную оценку",
        "忽略", "满分", "滿分", "最高分", "評分", "评分", "無視", "満点", "最高評価", "採点", "무시", "만점", "채점", "تجاهل", "الدرجة الكاملة", "أعلى درجة", "अनदेखा", "पूरे अंक",
    ];

    private static readonly SearchValues<string> AnyPhrase = SearchValues.Create(Phrases.AsSpan(), StringComparison.Ordinal);

    private static readonly ImmutableArray<string> Voices = ["system:", "assistant:", "system message", "instruction:", "instructions:", "admin:"];

    private static readonly ImmutableArray<string> OfScoring =
        ["the candidate", "this candidate", "rubric", " marks", "grading", "graded", "scoring", "ignore ", "instruction", "all scores", "every score", "maximum"];

    /// <summary>The parts of a text, as start and end, that are addressed to a grader.</summary>
    /// <param name="lower">The turn's text in lower case.</param>
    public static List<(int Start, int End)> In(string lower)
    {
        var found = new List<(int, int)>();
        foreach (var (start, end) in Paragraphs(lower))
        {
            var paragraph = lower.AsSpan(start, end - start);
            var mention = Mention(paragraph);
            if (Speaks(paragraph) || (mention >= 0 && paragraph.StartsWith("```", StringComparison.Ordinal)))
                found.Add((start, end));
            else if (mention >= 0)
                found.Add((start + mention, end));
        }

        return found;
    }

    // A made-up speaker at the beginning, perhaps behind quotes, stars or brackets, who speaks of scoring.
    private static bool Speaks(ReadOnlySpan<char> paragraph)
    {
        var text = paragraph.TrimStart("`*#>[(<\"' \t\r\n");
        foreach (var voice in Voices)
        {
            if (text.StartsWith(voice, StringComparison.Ordinal))
                return ContainsAny(text, OfScoring);
        }

        return false;
    }

    private static bool ContainsAny(ReadOnlySpan<char> text, ImmutableArray<string> words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    // Where the first such phrase begins; -1 when there is none.
    private static int Mention(ReadOnlySpan<char> paragraph)
    {
        if (!paragraph.ContainsAny(AnyPhrase))
            return -1;
        var first = -1;
        foreach (var phrase in Phrases)
        {
            for (var from = 0; from < paragraph.Length;)
            {
                var at = paragraph[from..].IndexOf(phrase, StringComparison.Ordinal);
                if (at < 0)
                    break;
                if (StandsAlone(paragraph, from + at, phrase.Length))
                {
                    first = first < 0 ? from + at : Math.Min(first, from + at);
                    break;
                }

                from += at + phrase.Length;
            }
        }

        return first;
    }

    // "the score means" does not say "score me"; scripts without spaces have no such bounds.
    private static bool StandsAlone(ReadOnlySpan<char> text, int at, int length)
    {
        var before = at > 0 && char.IsAsciiLetterOrDigit(text[at]) && char.IsAsciiLetterOrDigit(text[at - 1]);
        var end = at + length;
        var after = end < text.Length && char.IsAsciiLetterOrDigit(text[end - 1]) && char.IsAsciiLetter(text[end]) && !EndsInflected(text[end..]);
        return !before && !after;
    }

    private static bool EndsInflected(ReadOnlySpan<char> rest) => rest[0] == 's' && (rest.Length == 1 || !char.IsAsciiLetter(rest[1]));

    // Between blank lines; a code block is one paragraph, whatever is in it.
    private static IEnumerable<(int Start, int End)> Paragraphs(string text)
    {
        var start = 0;
        var fenced = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '`' && string.CompareOrdinal(text, i, "```", 0, 3) == 0)
            {
                if (!fenced && i > start)
                {
                    yield return (start, i);
                    start = i;
                }

                fenced = !fenced;
                i += 2;
                if (!fenced)
                {
                    yield return (start, i + 1);
                    start = i + 1;
                }
            }
            else if (!fenced && text[i] == '\n' && i + 1 < text.Length && (text[i + 1] is '\n' or '\r'))
            {
                yield return (start, i);
                start = i;
            }
        }

        if (start < text.Length)
            yield return (start, text.Length);
    }
}

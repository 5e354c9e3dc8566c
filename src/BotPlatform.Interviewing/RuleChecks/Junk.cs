using System.Collections.Frozen;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.RuleChecks;

/// <summary>Text that is worth nothing: addressed to a grader, gibberish, or a list of words.</summary>
internal static class Junk
{
    public const string AddressedToGrader = "addressed_to_grader";
    public const string Gibberish = "junk";
    public const string Buzzwords = "buzzwords";

    // Phrases as plain text: they stand in code blocks and fake JSON too, and in any spacing.
    private static readonly string[] ToGrader =
    [
        "ignore previous", "ignore all previous", "ignore the above", "ignore your instructions", "ignore all instructions", "disregard previous",
        "disregard the rubric", "disregard all", "system prompt", "you are a grader", "you are the grader", "dear grader", "note to grader",
        "note to the grader", "grader:", "attention grader", "to the evaluator", "note to evaluator", "dear evaluator", "as the evaluator",
        "full marks", "full score", "maximum score", "max score", "highest score", "give me a 4", "give a 4", "score this", "score me", "rate me",
        "rate this answer", "award 4", "all 4s", "4 out of 4", "4/4", "strong_yes", "strong yes", "strong hire", "\"score\"", "'score'", "score:",
        "recommendation:", "\"recommendation\"", "<system", "[system", "role: system", "\"role\"", "### instruction", "end of transcript",
        "the candidate has demonstrated", "the candidate demonstrates", "the candidate deserves", "this candidate should", "meets the bar for staff",
        "ignoriere", "volle punktzahl", "höchste punktzahl", "bewerte", "ignora las instrucciones", "ignora todo", "puntuación máxima", "máxima puntuación",
        "calificación", "ignorez", "note maximale", "ignora le istruzioni", "punteggio massimo", "nota máxima", "pontuação", "игнорируй", "высший балл",
        "максимальн", "忽略", "满分", "评分", "最高分", "無視", "満点", "무시", "만점", "تجاهل", "अनदेखा",
    ];

    private static readonly FrozenSet<char> Vowels = "aeiouyáéíóúäöüàèâêô".ToFrozenSet();

    /// <summary>Which sentences of a turn earn nothing, with the reason.</summary>
    public static Dictionary<int, string> Of(Reading reading)
    {
        var worthless = new Dictionary<int, string>();
        var lower = reading.Turn.Text.ToLowerInvariant();
        foreach (var (n, sentence) in reading.Sentences.Index())
        {
            var (start, end) = (reading.Tokens[sentence.First].Start, reading.Tokens[sentence.Last].End);
            // A little around it: quotes, brackets and colons are no tokens.
            var (from, to) = (Math.Max(0, start - 2), Math.Min(lower.Length, end + 2));
            var text = lower.AsSpan(from, to - from);
            if (MentionsGrading(text))
                worthless[n] = AddressedToGrader;
            else if (IsGibberish(reading.Tokens, sentence))
                worthless[n] = Gibberish;
            else if (IsList(reading, sentence))
                worthless[n] = Buzzwords;
        }

        return worthless;
    }

    private static bool MentionsGrading(ReadOnlySpan<char> text)
    {
        foreach (var phrase in ToGrader)
        {
            if (text.Contains(phrase, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool IsGibberish(List<Token> tokens, Sentence sentence)
    {
        var (words, odd) = (0, 0);
        for (var i = sentence.First; i <= sentence.Last; i++)
        {
            var word = tokens[i].Plain;
            if (!char.IsAsciiLetter(word[0]) || word.Length < 4)
                continue;
            words++;
            var vowels = word.Count(Vowels.Contains);
            odd += vowels == 0 || vowels * 7 < word.Length || word.Length > 25 ? 1 : 0;
        }

        return words >= 3 && odd * 2 > words;
    }

    // Ten short items after each other, and not one word that joins them.
    private static bool IsList(Reading reading, Sentence sentence)
    {
        if (sentence.IsReasoned || sentence.IsQuestion || sentence.Last - sentence.First < 10)
            return false;
        var text = reading.Turn.Text.AsSpan(reading.Tokens[sentence.First].Start, reading.Tokens[sentence.Last].End - reading.Tokens[sentence.First].Start);
        var commas = text.Count(',');
        return commas >= 8 && (sentence.Last - sentence.First + 1) / (commas + 1) <= 3;
    }
}

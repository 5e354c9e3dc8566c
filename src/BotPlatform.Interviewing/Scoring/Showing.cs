using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>What a whole transcript shows, gathered from its answers.</summary>
internal sealed class Showing
{
    private readonly Dictionary<string, Finding> _points = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Step> _stepOf;
    private readonly HashSet<Step> _answered = [];

    private Showing(IReadOnlyList<Turn> transcript) => _stepOf = transcript.ToDictionary(t => t.N, t => t.Step);

    public List<Finding> All { get; } = [];

    /// <summary>Findings about how things were reasoned, in one step or in all.</summary>
    public IEnumerable<Finding> Reasons(Step? step, string id) =>
        All.Where(f => f.Kind == FindingKind.Reasoning && f.Id == id && (step is null || StepOf(f) == step));

    public IEnumerable<Finding> Figures(Step? step) => All.Where(f => f.Kind == FindingKind.Quantity && (step is null || StepOf(f) == step));

    /// <summary>The firmest showing of a point within one step.</summary>
    public Finding? PointIn(Step step, string id) => All
        .Where(f => f.Kind == FindingKind.Point && f.Id == id && StepOf(f) == step)
        .MaxBy(f => f.Strength);

    /// <summary>A question of the interviewer in this step was answered, however badly.</summary>
    public bool WasAnswered(Step step) => _answered.Contains(step);

    /// <summary>The firmest showing of a point, in whatever step it came.</summary>
    public Finding? Point(string id) => _points.GetValueOrDefault(id);

    public Step StepOf(Finding finding) => _stepOf[finding.Span.Turn];

    public static Showing Of(RuleBook book, IReadOnlyList<Turn> transcript)
    {
        var showing = new Showing(transcript);
        for (var i = 0; i < transcript.Count;)
        {
            if (transcript[i].Speaker != Speaker.Candidate)
            {
                i++;
                continue;
            }

            var end = i;
            while (end < transcript.Count && transcript[end].Speaker == Speaker.Candidate)
                end++;
            var answer = transcript.Skip(i).Take(end - i).ToArray();
            var asked = i > 0 ? transcript[i - 1] : null;
            if (asked is not null)
                showing._answered.Add(asked.Step);
            foreach (var finding in book.Examine(asked is null ? [] : [asked], answer, showing.All))
                showing.Note(finding);
            i = end;
        }

        return showing;
    }

    private void Note(Finding finding)
    {
        All.Add(finding);
        if (finding.Kind == FindingKind.Point && (!_points.TryGetValue(finding.Id, out var known) || known.Strength < finding.Strength))
            _points[finding.Id] = finding;
    }
}

using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;
using BotPlatform.Interviewing.Sessions;

namespace BotPlatform.Interviewing.Scoring;

/// <summary>One answer and what it shows.</summary>
/// <param name="Turns">The candidate's turns between two of the interviewer's.</param>
/// <param name="Findings">Without what an earlier answer had said in the same words.</param>
internal sealed record Answer(Step Step, IReadOnlyList<Turn> Turns, IReadOnlyList<Finding> Findings);

/// <summary>What a whole transcript shows, gathered from its answers.</summary>
internal sealed class Showing
{
    private readonly Dictionary<int, Turn> _turns;
    private readonly Dictionary<string, List<Finding>> _points = new(StringComparer.Ordinal);
    private readonly HashSet<(FindingKind, string, string, Step)> _said = [];

    private Showing(IReadOnlyList<Turn> transcript) => _turns = transcript.ToDictionary(t => t.N);

    public List<Answer> Answers { get; } = [];

    /// <summary>Every finding, repetitions included.</summary>
    public List<Finding> All { get; } = [];

    public bool WasAnswered(Step step) => Answers.Exists(a => a.Step == step);

    public Step StepOf(Finding finding) => _turns[finding.Span.Turn].Step;

    /// <summary>Findings about how things were reasoned, in one step or in all.</summary>
    public IEnumerable<Finding> Reasons(Step? step, string id) => Fresh(step).Where(f => f.Kind == FindingKind.Reasoning && f.Id == id);

    /// <summary>Whether a wrong turn was taken back in so many words.</summary>
    public bool SaidToBeWrong(string id) => All.Exists(f => f.Kind == FindingKind.Correction && f.Id == id && f.Strength > Strength.Named);

    /// <summary>In how many steps there is such a finding.</summary>
    public int StepsWith(string id) => Reasons(step: null, id).Select(StepOf).Distinct().Count();

    /// <summary>Figures in sentences that are about the matter.</summary>
    public IEnumerable<Finding> Figures(Step? step) =>
        Fresh(step).Where(f => f.Kind == FindingKind.Quantity && f.Strength == Strength.Quantified);

    /// <summary>The firmest showing of a point; outside of the steps where it belongs it takes more than the name.</summary>
    public Finding? Point(Point point, Step? home) =>
        Points(point.Id).Where(f => StepOf(f) == home || point.Also.Contains(StepOf(f))).MaxBy(f => f.Strength)
        ?? Points(point.Id).Where(f => f.Strength > Strength.Named).MaxBy(f => f.Strength);

    public static Showing Of(RuleBook book, IReadOnlyList<Turn> transcript)
    {
        var showing = new Showing(transcript);
        var all = transcript.ToArray();
        var before = new SaidBefore();
        var carried = new Dictionary<(FindingKind, string), Finding>();
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
            var turns = all[i..end].Select(before.Fresh).ToArray();
            var asked = i > 0 ? transcript[i - 1] : null;
            var findings = book.Examine(new ArraySegment<Turn>(all, 0, i), turns, [.. carried.Values]);
            foreach (var finding in findings.Where(IsCarried))
                carried[(finding.Kind, finding.Id)] = finding.Kind == FindingKind.Claim ? carried.GetValueOrDefault((finding.Kind, finding.Id), finding) : finding;
            showing.Add(findings);
            showing.Answers.Add(new Answer((asked ?? turns[0]).Step, turns, [.. findings.Where(showing.IsNew)]));
            i = end;
        }

        return showing;
    }

    private void Add(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            All.Add(finding);
            if (finding.Kind != FindingKind.Point)
                continue;
            if (!_points.TryGetValue(finding.Id, out var points))
                _points[finding.Id] = points = [];
            points.Add(finding);
        }
    }

    // What later answers are held to: of figures the first, of everything else the last.
    private static bool IsCarried(Finding finding) =>
        finding.Kind is FindingKind.Claim or FindingKind.RedFlag or FindingKind.Contradiction or FindingKind.WrongArithmetic;

    private List<Finding> Points(string id) => _points.GetValueOrDefault(id, []);

    private IEnumerable<Finding> Fresh(Step? step) =>
        Answers.Where(a => step is null || a.Step == step).SelectMany(a => a.Findings);

    // A figure given twice in one step is one figure.
    private bool IsNew(Finding finding)
    {
        if (finding.Kind is not (FindingKind.Reasoning or FindingKind.Quantity))
            return true;
        var text = _turns[finding.Span.Turn].Text.Substring(finding.Span.Start, finding.Span.Length);
        return _said.Add((finding.Kind, finding.Id, text.Trim().ToLowerInvariant(), StepOf(finding)));
    }
}

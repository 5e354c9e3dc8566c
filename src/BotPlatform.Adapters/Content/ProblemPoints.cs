using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;

namespace BotPlatform.Adapters.Content;

/// <summary>Gathers the points of all steps of one problem.</summary>
internal sealed class ProblemPoints(ImmutableArray<Rubric>? rubrics)
{
    private readonly HashSet<string>? ofRubric = rubrics?.SelectMany(r => r.Points).Select(p => p.Id).ToHashSet();
    private readonly ImmutableArray<PointFit>.Builder points = ImmutableArray.CreateBuilder<PointFit>();
    private readonly HashSet<string> ids = [];
    private readonly Dictionary<string, string> probes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> hints = new(StringComparer.OrdinalIgnoreCase);

    public ImmutableArray<PointFit> Read => points.ToImmutable();

    /// <summary>Reads one point; an id without a criterion is one of the step's own.</summary>
    public PointFit Add(Section section, Step step)
    {
        var written = section.Text("id");
        var id = written.Length == 0 || written.Contains('.', StringComparison.Ordinal) ? written : $"{step.Name()}.{written}";
        var further = section.Has("level");
        if (CheckId(id, further) is { } message)
            section.Error("id", message);

        Check ownProbe = Checks.OwnWording(probes, "probe", id);
        Check ownHint = Checks.OwnWording(hints, "hint", id);
        var point = further
            ? new PointFit(
                id,
                section.Choice<Level>("level"),
                section.Text("shows"),
                section.Texts("terms", Checks.Term),
                section.Text("probe", Checks.Probe, ownProbe),
                section.Text("hint", ownHint),
                section.Text("raise"))
            : new PointFit(
                id,
                Level: null,
                section.OptionalText("shows"),
                section.OptionalTexts("terms", Checks.Term),
                section.OptionalText("probe", Checks.Probe, ownProbe),
                section.OptionalText("hint", ownHint),
                section.OptionalText("raise"));
        points.Add(point);
        return point;
    }

    private string? CheckId(string id, bool further)
    {
        if (id.Length == 0)
            return null;
        var form = Checks.PointId(id) ?? SharedParts.Criterion(id.Split('.')[0]);
        if (form is not null)
            return form;
        if (!ids.Add(id))
            return $"expected each point once, found {Shown.Quote(id)} again";
        if (ofRubric is null || ofRubric.Contains(id) != further)
            return null;
        return further
            ? $"expected no level for a point of the rubric, found one for {Shown.Quote(id)}"
            : "expected a point of the rubric, or level, shows, terms, probe, hint and raise for a further one, found "
                + Shown.Quote(id) + Nearest.Suggest(id, ofRubric);
    }
}

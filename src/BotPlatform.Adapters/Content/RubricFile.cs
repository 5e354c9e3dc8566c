using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Adapters.Content;

/// <summary>Reads <c>rubrics/&lt;id&gt;/&lt;version&gt;.yaml</c>.</summary>
public static class RubricFile
{
    private const double WeightTolerance = 1e-6;
    private const double CommunicationAtMost = 0.05;

    /// <param name="path">As errors name it; where it ends in <c>.yaml</c> it must agree with id and version.</param>
    public static Parsed<Rubric> Parse(string path, string text)
    {
        var errors = new ErrorSink(path);
        var root = YamlTree.Read(ContentText.Normalize(text), errors);
        return errors.Result(Section.Read(root, "rubric", errors, top => Rubric(top, path, ContentText.Hash(text))));
    }

    private static Rubric Rubric(Section top, string path, string hash)
    {
        var id = top.Text("id", Checks.Id);
        var version = top.Text("version", Checks.Version);
        var ownPath = $"rubrics/{id}/{version}.yaml";
        var isFile = path.EndsWith(".yaml", StringComparison.Ordinal);
        if (isFile && path != ownPath && Checks.Id(id) is null && Checks.Version(version) is null)
            top.Error("id", $"expected the file to be {ownPath}, found it at {path}");

        var recommendation = top.Map("recommendation", "recommendation rule", Recommendation);
        var concepts = Concepts(top);
        var points = Points(top, [.. concepts.Select(c => c.Id)]);
        var criteria = Criteria(top, points);
        var flagIds = new HashSet<string>();
        var redFlags = top.OptionalEach("red_flags", "red flag", flag => SharedParts.RedFlag(flag, flagIds));
        return new Rubric(id, version, hash, criteria, points, concepts, redFlags, recommendation);
    }

    private static RecommendationRule Recommendation(Section rule)
    {
        var read = new RecommendationRule(
            rule.Number("yes_mean", 1, 4),
            rule.Number("strong_yes_mean", 1, 4),
            rule.Number("strong_no_mean", 1, 4),
            rule.Whole("must_have_lowest", 0, 4),
            rule.Whole("must_have_twos", 0, 10),
            rule.Number("coverage", 0, 1));
        if (read.StrongNoMean > read.YesMean || read.YesMean > read.StrongYesMean)
            rule.Error("yes_mean", "expected strong_no_mean ≤ yes_mean ≤ strong_yes_mean, found another order");
        return read;
    }

    private static ImmutableArray<Concept> Concepts(Section top)
    {
        var ids = new HashSet<string>();
        return top.Each("concepts", "concept", concept => new Concept(
            concept.Text("id", Checks.Id, Checks.Unique(ids, "concept id")),
            concept.Text("label"),
            concept.Texts("terms", Checks.Term)));
    }

    private static ImmutableArray<Point> Points(Section top, HashSet<string> concepts)
    {
        var ids = new HashSet<string>();
        var probes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var hints = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return top.Each("points", "point", point =>
        {
            var id = point.Text("id", Checks.PointId, Checks.Unique(ids, "point id"));
            var criterion = point.Text("criterion", SharedParts.Criterion);
            var bothKnown = Checks.PointId(id) is null && SharedParts.Criterion(criterion) is null;
            if (bothKnown && !id.StartsWith(criterion + ".", StringComparison.Ordinal))
                point.Error("criterion", $"expected the criterion in front of the id {Shown.Quote(id)}, found {Shown.Quote(criterion)}");
            return new Point(
                id,
                criterion,
                point.Choice<Level>("level"),
                point.Text("shows"),
                point.OptionalTexts("concepts", Checks.Among(concepts, "a concept of this rubric")),
                point.Choice<Strength>("needs"),
                point.Text("probe", Checks.Probe, Checks.OwnWording(probes, "probe", id)),
                point.Text("hint", Checks.OwnWording(hints, "hint", id)),
                point.Text("raise"),
                point.OptionalChoices<Step>("also"));
        });
    }

    private static ImmutableArray<Criterion> Criteria(Section top, ImmutableArray<Point> points)
    {
        var ids = new HashSet<string>();
        var criteria = top.Each("criteria", "criterion", criterion => Criterion(criterion, ids, points));
        if (criteria.IsEmpty)
            return criteria;

        var missing = SharedParts.Criteria.Where(id => !ids.Contains(id)).ToArray();
        foreach (var id in missing)
            top.Error("criteria", $"expected the criterion \"{id}\", found none");
        if (missing.Length == 0 && !criteria.Select(c => c.Id).Distinct().SequenceEqual(SharedParts.Criteria))
            top.Error("criteria", $"expected the criteria in the order {string.Join(", ", SharedParts.Criteria)}, found another");

        foreach (var level in Levels.All)
        {
            var sum = criteria.Sum(c => c.Cells[level].Weight);
            if (Math.Abs(sum - 1) > WeightTolerance)
                top.Error("criteria", $"expected the weights of the level {level.Name()} to sum to 1, found {sum:0.######}");
        }

        return criteria;
    }

    private static Criterion Criterion(Section criterion, HashSet<string> ids, ImmutableArray<Point> points)
    {
        var id = criterion.Text("id", SharedParts.Criterion, Checks.Unique(ids, "criterion id"));
        var title = criterion.Text("title");
        var about = criterion.Text("about");
        var step = criterion.OptionalText("step");
        var ownStep = Steps.Parse(id);
        if (SharedParts.Criteria.Contains(id) && step != ownStep?.Name())
        {
            var expected = ownStep is null ? $"no step for \"{id}\"" : $"the step \"{id}\"";
            criterion.Error("step", $"expected {expected}, found {(step is null ? "none" : Shown.Quote(step))}");
        }

        var mustHave = criterion.Flag("must_have");
        var cells = criterion.Map("levels", "levels", levels => Levels.All.ToImmutableDictionary(
            level => level,
            level => levels.Map(level.Name(), "level", cell => Cell(cell, id, level, points))));
        return new Criterion(id, title, about, ownStep, mustHave, cells);
    }

    private static Cell Cell(Section cell, string criterion, Level level, ImmutableArray<Point> points)
    {
        var weight = cell.Number("weight", 0, criterion == "communication" ? CommunicationAtMost : 1);
        var anchors = cell.Map("anchors", "anchors", a => Enumerable.Range(1, 4).Select(value => a.Text($"{value}")).ToImmutableArray());

        var known = points.Select(p => p.Id).Where(id => id.StartsWith(criterion + ".", StringComparison.Ordinal)).ToHashSet();
        var seen = new HashSet<string>();
        var essentials = cell.OptionalTexts(
            "essentials",
            Checks.Among(known, $"a point of the criterion {criterion}"),
            Checks.Unique(seen, "essential"),
            id => points.First(p => p.Id == id).Level is var from && from > level
                ? $"expected essentials for the level {level.Name()}, found {Shown.Quote(id)}, which is expected from {from.Name()} on"
                : null);
        var atLeast = Steps.Parse(criterion) is null ? 0 : 2;
        if (essentials.Length < atLeast || essentials.Length > 3)
            cell.Error("essentials", $"expected {atLeast} to 3 essentials, found {essentials.Length}");
        return new Cell(weight, anchors, essentials);
    }
}

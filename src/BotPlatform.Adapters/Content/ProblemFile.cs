using System.Collections.Immutable;
using BotPlatform.Interviewing.Problems;
using BotPlatform.Interviewing.Rubrics;
using BotPlatform.Interviewing.RuleChecks;

namespace BotPlatform.Adapters.Content;

/// <summary>What a problem refers to beyond its own file.</summary>
/// <param name="Rubrics">A point or concept may be of any of these.</param>
/// <param name="Slugs">The problems that another can be swapped for.</param>
public sealed record ProblemSurroundings(ImmutableArray<Rubric> Rubrics, ImmutableArray<string> Slugs);

/// <summary>Reads <c>prompts/problems/&lt;slug&gt;.yaml</c>.</summary>
public static class ProblemFile
{
    /// <summary>
    /// The same text gives the same problem, wherever it comes from: a concept without a label has an empty one,
    /// which stands for the rubric's.
    /// </summary>
    /// <param name="path">As errors name it; where it ends in <c>.yaml</c> it must agree with the slug.</param>
    /// <param name="around">Null leaves references to other files unchecked, as for content stored earlier.</param>
    public static Parsed<Problem> Parse(string path, string text, ProblemSurroundings? around = null)
    {
        var errors = new ErrorSink(path);
        var root = YamlTree.Read(ContentText.Normalize(text), errors);
        return errors.Result(Section.Read(root, "problem", errors, top => Problem(top, path, ContentText.Hash(text), around)));
    }

    private static Problem Problem(Section top, string path, string hash, ProblemSurroundings? around)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var isFile = name.EndsWith(".yaml", StringComparison.Ordinal);
        var slug = top.Text("slug", Checks.Id, value =>
            isFile && name != value + ".yaml" ? $"expected the file's name as the slug, found {Shown.Quote(value)} in {name}" : null);
        var title = top.Text("title");
        var summary = top.Text("summary", Checks.OneLine);
        var opening = top.Text("opening", Checks.NoQuestion);
        var notice = top.OptionalMap("notice", "notice", n => Notice(n, slug, around));
        var facts = Facts(top);
        var points = new ProblemPoints(around?.Rubrics);
        var steps = top.Map("steps", "steps", all => Steps.All.ToImmutableDictionary(
            step => step,
            step => all.Map(step.Name(), "step", s => ReadStep(s, step, points))));
        var concepts = Concepts(top, around?.Rubrics);
        var fit = top.Map("fit", "fit", f => ReadFit(f, concepts, around?.Rubrics));
        var quantities = Quantities(top);
        var flags = around?.Rubrics.SelectMany(r => r.RedFlags).Select(f => f.Id).ToHashSet() ?? [];
        var wrongTurns = top.OptionalEach("wrong_turns", "wrong turn", flag => SharedParts.RedFlag(flag, flags));
        var curveballIds = new HashSet<string>();
        var curveballs = top.OptionalEach("curveballs", "curveball", c => new Curveball(
            c.Text("id", Checks.Id, Checks.Unique(curveballIds, "curveball id")),
            c.Choice<Step>("step"),
            c.Text("text")));
        return new Problem(
            slug, hash, title, summary, opening, notice, facts, steps, points.Read, concepts, fit, quantities, wrongTurns, curveballs);
    }

    private static ContentNotice Notice(Section notice, string slug, ProblemSurroundings? around)
    {
        var text = notice.Text("text");
        return around is null
            ? new ContentNotice(text, notice.Text("swap_for", Checks.Id))
            : new ContentNotice(text, notice.Text("swap_for", Checks.Among([.. around.Slugs.Where(s => s != slug)], "another problem")));
    }

    private static ImmutableArray<Fact> Facts(Section top)
    {
        var ids = new HashSet<string>();
        return top.Each("facts", "fact", fact => new Fact(
            fact.Text("id", Checks.Id, Checks.Unique(ids, "fact id")),
            fact.Texts("asked_by", Checks.Term),
            fact.Text("answer")));
    }

    private static ProblemStep ReadStep(Section section, Step step, ProblemPoints points)
    {
        var question = section.Text("question", Checks.Question);
        _ = section.OptionalEach("points", "point", point => points.Add(point, step));
        return new ProblemStep(question, section.OptionalTexts("stretch", Checks.Question));
    }

    private static ImmutableArray<Concept> Concepts(Section top, ImmutableArray<Rubric>? rubrics)
    {
        var ids = new HashSet<string>();
        var ofRubric = rubrics?.SelectMany(r => r.Concepts).Select(c => c.Id).ToHashSet();
        return top.OptionalEach("concepts", "concept", concept =>
        {
            var id = concept.Text("id", Checks.Id, Checks.Unique(ids, "concept id"));
            var label = concept.OptionalText("label");
            if (label is null && ofRubric is not null && id.Length > 0 && !ofRubric.Contains(id))
            {
                var meant = Nearest.Suggest(id, ofRubric);
                concept.Error("id", $"expected a concept of the rubric or the key \"label\", found {Shown.Quote(id)}{meant}");
            }


            return new Concept(id, label ?? "", concept.Texts("terms", Checks.Term));
        });
    }

    private static Fit ReadFit(Section fit, ImmutableArray<Concept> own, ImmutableArray<Rubric>? rubrics)
    {
        Check concept = Checks.Id;
        if (rubrics is not null)
        {
            var known = rubrics.Value.SelectMany(r => r.Concepts).Concat(own).Select(c => c.Id).ToHashSet();
            concept = Checks.Among(known, "a concept of the rubric or of this problem");
        }

        return new Fit(
            fit.Texts("task_types", concept),
            fit.Texts("offline_metrics", concept),
            fit.Texts("online_metrics", concept),
            fit.OptionalEach("unfit", "unfit concept", unfit => new Unfit(
                unfit.Text("concept", concept),
                unfit.Text("criterion", SharedParts.Criterion),
                unfit.Text("why"))));
    }

    private static ImmutableArray<Quantity> Quantities(Section top)
    {
        var ids = new HashSet<string>();
        return top.OptionalEach("quantities", "quantity", quantity =>
        {
            var read = new Quantity(
                quantity.Text("id", Checks.Id, Checks.Unique(ids, "quantity id")),
                quantity.Texts("terms", Checks.Term),
                quantity.Text("unit"),
                quantity.Number("low"),
                quantity.Number("high"));
            if (read.Low > read.High)
                quantity.Error("low", $"expected low ≤ high, found {read.Low} and {read.High}");
            return read;
        });
    }
}

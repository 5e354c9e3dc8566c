using System.Collections.Immutable;
using BotPlatform.Adapters.Content;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content;

public sealed class ProblemFileTests
{
    private static readonly ProblemSurroundings Around = new(
        [RubricFile.Parse(ContentSamples.RubricPath, ContentSamples.Rubric).Value!], ["ads", "feed"]);

    [Theory]
    [InlineData("title: A feed\n", "", "1: expected the key \"title\" in the problem, found none")]
    [InlineData("title: A feed", "titel: A feed", "1: expected the key \"title\" in the problem, found none | 2: expected a key of the problem (slug, title, summary, opening, notice, facts, steps, concepts, fit, quantities, wrong_turns, curveballs), found \"titel\"; did you mean \"title\"?")]
    [InlineData("title: A feed", "title: A feed\ntitle: Another", "3: expected each key once, found \"title\" again (first on line 2)")]
    [InlineData("title: A feed", "title:", "2: expected text for \"title\", found nothing")]
    [InlineData("title: A feed", "title: \"  \"", "2: expected text for \"title\", found nothing")]
    [InlineData("title: A feed", "title: [A, feed]", "2: expected text for \"title\", found a list")]
    [InlineData("title: A feed", "title: {en: A feed}", "2: expected text for \"title\", found keys with values")]
    [InlineData("title: A feed", "title: \"A \\0 feed\"", "2: expected printable text, found the character U+0000")]
    [InlineData("slug: feed", "slug: News_Feed", "1: expected an id of lower-case letters, digits and single hyphens, found \"News_Feed\"")]
    [InlineData("slug: feed", "slug: feeds", "1: expected the file's name as the slug, found \"feeds\" in feed.yaml")]
    [InlineData("summary: Rank a feed", "summary: |\n  Rank\n  a feed", "3: expected one line, found several")]
    [InlineData("Take your time.", "Shall we?", "4: expected no question in the opening, found a question mark")]
    [InlineData("swap_for: ads", "swap_for: adds", "7: expected another problem, found \"adds\"; did you mean \"ads\"?")]
    [InlineData("swap_for: ads", "swap_for: feed", "7: expected another problem, found \"feed\"")]
    [InlineData("facts:\n", "facts:\n  - {id: daily-users, asked_by: [scale], answer: Many.}\n", "10: expected each fact id once, found \"daily-users\" again")]
    [InlineData("asked_by: [how many users, \"(daily active|dau)\"]", "asked_by: []", "10: expected at least one entry in \"asked_by\", found none")]
    [InlineData("asked_by: [how many users, \"(daily active|dau)\"]", "asked_by: how many users", "10: expected a list for \"asked_by\", found \"how many users\"")]
    [InlineData("    asked_by: [how many users, \"(daily active|dau)\"]\n", "", "9: expected the key \"asked_by\" in the fact, found none")]
    [InlineData("(daily active|dau)", "(daily active|dau", "10: expected a term pattern, found \"(daily active|dau\": \"(\" is never closed")]
    [InlineData("(daily active|dau)", "<seconds>", "10: expected a term pattern, found \"<seconds>\": \"<seconds>\" is none of <number>, <percent>, <duration>, <count>, <size>, <rate>, <money>")]
    [InlineData("  serving:\n", "  serve:\n", "13: expected the key \"serving\" in the steps, found none | 38: expected a key of the steps (requirements, framing, data, modeling, evaluation, serving, monitoring), found \"serve\"")]
    [InlineData("How would you do data?", "Tell me about data.", "24: expected exactly one question mark, found 0")]
    [InlineData("How would you do data?", "Which data? And why?", "24: expected exactly one question mark, found 2")]
    [InlineData("When do labels arrive?", "Labels arrive.", "52: expected exactly one question mark, found 0")]
    [InlineData("What if labels stopped?", "Labels stopped.", "55: expected exactly one question mark, found 0")]
    [InlineData("  data:\n    question: How would you do data?\n    points:\n      - id: first", "  data:\n    question: How would you do data?\n    points:\n      - id: frist", "26: expected a point of the rubric, or level, shows, terms, probe, hint and raise for a further one, found \"data.frist\"; did you mean \"data.first\"?")]
    [InlineData("- id: first", "- id: billing.first", "16: expected one of the ten criteria, found \"billing\"")]
    [InlineData("- id: first", "- id: first.one.two", "16: expected a point's id of the form criterion.name, found \"first.one.two\"")]
    [InlineData("- id: first", "- id: data.first", "26: expected each point once, found \"data.first\" again")]
    [InlineData("id: data.labels-late", "id: data.second", "48: expected no level for a point of the rubric, found one for \"data.second\"")]
    [InlineData("        hint: Labels take days.\n", "", "48: expected the key \"hint\" in the point, found none")]
    [InlineData("level: senior", "level: expert", "49: expected mid, senior or staff, found \"expert\"")]
    [InlineData("terms: [feed requirements]", "probe: When do labels arrive?", "52: expected a probe of its own for \"data.labels-late\", found the one of \"requirements.first\"")]
    [InlineData("terms: [feed requirements]", "hint: labels take days.", "53: expected a hint of its own for \"data.labels-late\", found the one of \"requirements.first\"")]
    [InlineData("{id: ranking, terms: [order the feed]}", "{id: rankin, terms: [order the feed]}", "57: expected a concept of the rubric or the key \"label\", found \"rankin\"; did you mean \"ranking\"?")]
    [InlineData("task_types: [ranking]", "task_types: [rankng]", "60: expected a concept of the rubric or of this problem, found \"rankng\"; did you mean \"ranking\"?")]
    [InlineData("concept: accuracy", "concept: acuracy", "64: expected a concept of the rubric or of this problem, found \"acuracy\"; did you mean \"accuracy\"?")]
    [InlineData("criterion: evaluation", "criterion: evalution", "64: expected one of the ten criteria, found \"evalution\"; did you mean \"evaluation\"?")]
    [InlineData("low: 50e6", "low: 80e6", "66: expected low ≤ high, found 80000000 and 70000000")]
    [InlineData("low: 50e6", "low: many", "66: expected a number for \"low\", found \"many\"")]
    [InlineData("low: 50e6", "low: \"50e6\"", "66: expected a number for \"low\", found \"50e6\"")]
    [InlineData("low: 50e6", "low: .nan", "66: expected a number for \"low\", found \".nan\"")]
    [InlineData("id: raw-dwell", "id: only-accuracy", "68: expected each id of a wrong turn once, found \"only-accuracy\" again")]
    [InlineData("step: monitoring", "step: monitor", "75: expected requirements, framing, data, modeling, evaluation, serving or monitoring, found \"monitor\"; did you mean \"monitoring\"?")]
    public void A_mistake_is_named_with_its_line_and_what_was_expected(string right, string wrong, string expected)
    {
        var parsed = ProblemFile.Parse(ContentSamples.ProblemPath, ContentSamples.Problem.With(right, wrong), Around);

        parsed.Value.ShouldBeNull();
        parsed.Errors.Select(e => e.ToString()).ShouldBe(expected.Split(" | ").Select(e => $"prompts/problems/feed.yaml:{e}"));
    }

    [Fact]
    public void A_probe_of_more_than_sixty_words_is_too_long()
    {
        var probe = string.Join(' ', Enumerable.Repeat("word", 60)) + " why?";

        var parsed = ProblemFile.Parse(ContentSamples.ProblemPath, ContentSamples.Problem.With("Which posts would win?", probe), Around);

        parsed.Errors.ShouldHaveSingleItem().ToString().ShouldBe(
            "prompts/problems/feed.yaml:73: expected a probe of at most 60 words, found 61");
    }

    [Fact]
    public void All_mistakes_are_listed_in_the_order_of_their_lines()
    {
        var text = ContentSamples.Problem.With("low: 50e6", "low: many").With("title: A feed", "title:").With("level: senior", "level: top");

        var parsed = ProblemFile.Parse(ContentSamples.ProblemPath, text, Around);

        parsed.Errors.Select(e => e.Line).ShouldBe([2, 49, 66]);
    }

    [Fact]
    public void Content_stored_earlier_is_read_again_to_the_same_problem()
    {
        var hash = ContentText.Hash(ContentSamples.Problem);

        var stored = ProblemFile.Parse($"stored {hash}", ContentSamples.Problem);

        stored.Errors.ShouldBeEmpty();
        stored.Value!.Hash.ShouldBe(hash);
        var loaded = ProblemFile.Parse(ContentSamples.ProblemPath, ContentSamples.Problem, Around).Value!;
        stored.Value.Points.Select(p => p with { Terms = [] }).ShouldBe(loaded.Points.Select(p => p with { Terms = [] }));
        stored.Value.Concepts.Select(c => (c.Id, c.Label)).ShouldBe([("ranking", ""), ("dwell", "dwell time")]);
    }

    [Fact]
    public void Line_ends_of_a_checkout_do_not_change_the_hash()
    {
        var windows = "\uFEFF" + ContentSamples.Problem.ReplaceLineEndings("\r\n");

        var parsed = ProblemFile.Parse(ContentSamples.ProblemPath, windows, Around);

        parsed.Value!.Hash.ShouldBe(ContentText.Hash(ContentSamples.Problem));
        parsed.Value.Opening.ShouldBe("Today we design a feed.\nTake your time.");
    }
}

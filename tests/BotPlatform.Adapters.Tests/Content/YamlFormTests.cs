using System.Text;
using BotPlatform.Adapters.Content;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content;

public sealed class YamlFormTests
{
    [Theory]
    [InlineData("", "1: expected keys with values, found an empty file")]
    [InlineData("# nothing\n", "1: expected keys with values, found an empty file")]
    [InlineData("just text\n", "1: expected the keys of the problem, found \"just text\"")]
    [InlineData("- a\n- b\n", "1: expected the keys of the problem, found a list")]
    [InlineData("slug: x\ntitle: &t A\n", "2: expected no anchors, found \"&t\"")]
    [InlineData("slug: x\ntitle: *t\n", "2: expected no aliases, found \"*t\"")]
    [InlineData("slug: x\ntitle: !!str A\n", "2: expected no tags, found \"tag:yaml.org,2002:str\"")]
    [InlineData("slug: x\n---\nslug: y\n", "2: expected one document, found the start of a second one")]
    [InlineData("slug: x\n\ttitle: y\n", "2: expected spaces for indentation, found a tab")]
    [InlineData("slug: x\n? [a, b]\n: c\n", "2: expected text as a key, found a list")]
    [InlineData("slug: \"x\ntitle: y\n", "1: expected YAML, found a mistake in its form: While scanning a multi-line double-quoted scalar, found wrong indentation.")]
    [InlineData("slug: [[[[[[[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]]]]]]\n", "1: expected at most 20 levels of nesting, found more")]
    public void Only_plain_YAML_is_read(string text, string expected)
    {
        var parsed = ProblemFile.Parse("stored 0a1b", text);

        parsed.Value.ShouldBeNull();
        parsed.Errors[0].ToString().ShouldBe($"stored 0a1b:{expected}");
    }

    [Fact]
    public void A_mistake_in_the_form_is_named_with_its_line()
    {
        var parsed = ProblemFile.Parse("stored 0a1b", "slug: x\ntitle: [a, b\nsummary: c\n");

        parsed.Errors.ShouldHaveSingleItem().ToString().ShouldBe(
            "stored 0a1b:3: expected YAML, found a mistake in its form: a bracket is left open before this line, or a key has several lines");
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_named_with_their_line()
    {
        using var root = ContentRoot.Healthy().Add("prompts/problems/bad.yaml", [.. "slug: bad\ntitle: "u8, 0xE9, (byte)'\n']);

        ContentFolder.Load(root.Path).Errors.ShouldHaveSingleItem().ToString().ShouldBe(
            "prompts/problems/bad.yaml:2: expected UTF-8, found the byte 0xE9");
    }

    [Fact]
    public void A_file_of_more_than_a_mebibyte_is_refused()
    {
        using var root = ContentRoot.Healthy().Add("prompts/problems/big.yaml", new string('#', 1024 * 1024 + 1));

        ContentFolder.Load(root.Path).Errors.ShouldHaveSingleItem().ToString().ShouldBe(
            "prompts/problems/big.yaml: expected at most 1048576 bytes, found more");
    }

    [Fact]
    public void A_file_cut_off_or_damaged_anywhere_gives_errors_or_a_problem_and_never_an_exception()
    {
        var bytes = Encoding.UTF8.GetBytes(ContentSamples.Problem);
        const string damage = "\0\t:-?{}[]&*!|>'\"%@#\\,\u0085\uD800";

        for (var at = 0; at < bytes.Length; at += 3)
        {
            var cut = ContentSamples.Problem[..at];
            var damaged = cut + damage[at % damage.Length] + ContentSamples.Problem[at..];
            foreach (var parsed in new[] { ProblemFile.Parse("stored 0a1b", cut), ProblemFile.Parse("stored 0a1b", damaged) })
                (parsed.Value is null).ShouldBe(!parsed.Errors.IsEmpty);
        }
    }
}

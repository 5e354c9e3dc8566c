using System.Net;
using Shouldly;
using Xunit;
using static BotPlatform.Adapters.Tests.LanguageModels.ModelServerCalls;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>The double takes no JSON schema that a provider would not hold a model to.</summary>
public sealed class ModelServerSchemaTests : IAsyncLifetime
{
    private ModelServerCalls _calls = null!;

    public async ValueTask InitializeAsync() => _calls = await ModelServerCalls.StartAsync();

    public ValueTask DisposeAsync() => _calls.DisposeAsync();

    [Theory]
    [InlineData("""{ "type": "array", "items": { "type": "string" } }""", "root")]
    [InlineData("""{ "anyOf": [{ "type": "object", "properties": {}, "required": [], "additionalProperties": false }] }""", "root")]
    [InlineData("""{ "type": "object", "properties": {}, "required": [] }""", "additionalProperties")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": false }""", "required")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "string" } }, "required": [], "additionalProperties": false }""", "Missing 'a'")]
    [InlineData("""{ "type": "object", "properties": {}, "required": ["a"], "additionalProperties": false }""", "Extra required key 'a'")]
    [InlineData("""{ "type": "object", "required": [], "additionalProperties": false }""", "properties")]
    public async Task Refuses_a_schema_whose_objects_are_not_closed(string schema, string why) =>
        (await _calls.RefusedAsync(await _calls.OpenAiAsync(WithSchema(schema)), HttpStatusCode.BadRequest))
            .GetProperty("message").GetString()!.ShouldContain(why);

    [Theory]
    [InlineData("""{ "type": "string", "maxLength": 3 }""", "maxLength")]
    [InlineData("""{ "type": "string", "minimum": 3 }""", "minimum")]
    [InlineData("""{ "type": "number", "minItems": 3 }""", "minItems")]
    [InlineData("""{ "$ref": "#" }""", "$ref")]
    [InlineData("""{ "description": "anything" }""", "'type'")]
    [InlineData("""{ "type": "text" }""", "'type'")]
    [InlineData("""{ "type": "string", "enum": [] }""", "enum")]
    [InlineData("""{ "anyOf": [] }""", "anyOf")]
    [InlineData("""{ "anyOf": [{ "type": "string", "format": "date" }] }""", "'anyOf', '0'")]
    [InlineData("""{ "type": "array" }""", "items")]
    [InlineData("""{ "type": "array", "items": { "type": "object" } }""", "In context=('properties', 'a', 'items')")]
    public async Task Refuses_a_schema_with_what_strict_ones_cannot_say(string property, string why) =>
        (await _calls.RefusedAsync(await _calls.OpenAiAsync(WithSchema(Object(property))), HttpStatusCode.BadRequest))
            .GetProperty("message").GetString()!.ShouldContain(why);

    [Theory]
    [InlineData("""{ "type": ["integer", "null"], "minimum": 1, "maximum": 4, "description": "of four" }""")]
    [InlineData("""{ "anyOf": [{ "type": "string", "enum": ["a"] }, { "type": "null" }] }""")]
    [InlineData("""{ "type": "array", "minItems": 1, "maxItems": 3, "items": { "type": "boolean" } }""")]
    public async Task Takes_a_schema_with_what_strict_ones_can_say(string property) =>
        (await _calls.OpenAiAsync(WithSchema(Object(property)))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData(9, HttpStatusCode.OK)]
    [InlineData(10, HttpStatusCode.BadRequest)]
    public async Task Refuses_a_schema_of_more_than_ten_levels(int below, HttpStatusCode status)
    {
        var schema = """{ "type": "string" }""";
        for (var level = 0; level <= below; level++) schema = Object(schema);
        (await _calls.OpenAiAsync(WithSchema(schema))).StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("""{ "type": "integer", "minimum": 1 }""", "minimum")]
    [InlineData("""{ "type": "array", "maxItems": 3, "items": { "type": "string" } }""", "maxItems")]
    [InlineData("""{ "type": "array", "minItems": 2, "items": { "type": "string" } }""", "minItems")]
    public async Task Refuses_a_schema_with_what_Anthropic_does_not_hold_a_model_to(string property, string why)
    {
        var response = await _calls.AnthropicAsync($$"""
            { "model": "claude", "max_tokens": 9, {{Hello}},
              "output_config": { "format": { "type": "json_schema", "schema": {{Object(property)}} } } }
            """);
        (await _calls.RefusedAsync(response, HttpStatusCode.BadRequest)).GetProperty("message").GetString()!.ShouldContain(why);
    }

    private static string Object(string property) =>
        $$"""{ "type": "object", "properties": { "a": {{property}} }, "required": ["a"], "additionalProperties": false }""";

    private static string WithSchema(string schema) => $$"""
        { "model": "gpt", {{Hello}},
          "response_format": { "type": "json_schema", "json_schema": { "name": "grade", "strict": true, "schema": {{schema}} } } }
        """;
}

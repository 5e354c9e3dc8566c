using BotPlatform.Adapters.LanguageModels;
using BotPlatform.Adapters.Tests.Content;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.LanguageModels;

/// <summary>Which models there are, from a file or from the variables that the providers' own tools use.</summary>
public sealed class ModelsFileTests : IDisposable
{
    private const string Full = """
        {
          // Comments and trailing commas are welcome: people write this by hand.
          "models": [
            { "name": "small", "provider": "openai", "model": "gpt-small", "key-env": "SMALL_KEY", "roles": ["interviewer"], "temperature": 0.3, "concurrency": 4, "timeout": 20 },
            { "name": "big", "provider": "anthropic", "model": "claude-big", "key-env": "BIG_KEY", "roles": ["grader"], "input-price": 3, "output-price": 15 },
            { "name": "own", "provider": "azure-openai", "model": "deployment", "base-url": "https://ours.openai.azure.com", "key-env": "OWN_KEY" },
            { "name": "local", "provider": "openai", "model": "llama", "base-url": "http://localhost:11434/v1", },
          ],
          "samples": 5,
          "budget": { "session-tokens": 1000, "session-cost": 0.5, "day-tokens": 5000, "day-cost": 20 },
        }
        """;

    private readonly ContentRoot _folder = new();
    private readonly Dictionary<string, string> _environment = new() { ["SMALL_KEY"] = "secret-small", ["BIG_KEY"] = "secret-big", ["OWN_KEY"] = "secret-own" };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_anything_there_is_no_model()
    {
        var settings = Fine(null, []);

        (settings.Models.Length, settings.Samples, settings.SentTo, settings.Interviewer).ShouldBe((0, 3, (string?)null, (ModelEntry?)null));
    }

    [Theory]
    [InlineData("OPENAI_API_KEY=k", "openai (gpt-4.1) of OpenAI")]
    [InlineData("OPENAI_API_KEY= k |OPENAI_MODEL=gpt-9", "openai (gpt-9) of OpenAI")]
    [InlineData("OPENAI_API_KEY=k|OPENAI_BASE_URL=https://llm.example.org/v1|OPENAI_MODEL=qwen", "openai (qwen) of llm.example.org (qwen)")]
    [InlineData("OPENAI_BASE_URL=http://localhost:11434/v1|OPENAI_MODEL=llama", "openai (llama) of this installation (llama)")]
    [InlineData("OPENAI_API_KEY=k|OPENAI_BASE_URL=https://api.openai.com/v1", "openai (gpt-4.1) of OpenAI")]
    [InlineData("ANTHROPIC_API_KEY=k", "anthropic (claude-sonnet-4-5) of Anthropic")]
    [InlineData("ANTHROPIC_API_KEY=k|ANTHROPIC_MODEL=claude-x|ANTHROPIC_BASE_URL=https://api.anthropic.com", "anthropic (claude-x) of Anthropic")]
    [InlineData("ANTHROPIC_API_KEY=k|ANTHROPIC_BASE_URL=http://127.0.0.1:9", "anthropic (claude-sonnet-4-5) of this installation (claude-sonnet-4-5)")]
    [InlineData("OPENAI_API_KEY=a|ANTHROPIC_API_KEY=b", "openai (gpt-4.1) of OpenAI, anthropic (claude-sonnet-4-5) of Anthropic")]
    [InlineData("OPENAI_API_KEY=  |ANTHROPIC_API_KEY=|OPENAI_MODEL=gpt|ANTHROPIC_MODEL=claude|ANTHROPIC_BASE_URL=https://a.example.org", "")]
    [InlineData("BOTPLATFORM_MODELS= |ANTHROPIC_API_KEY=k", "anthropic (claude-sonnet-4-5) of Anthropic")]
    public void Variables_make_models_with_both_roles(string variables, string expected)
    {
        var models = Fine(null, Variables(variables)).Models;

        string.Join(", ", models.Select(m => $"{m} of {m.Owner}")).ShouldBe(expected);
        models.ShouldAllBe(m => m.Roles.Count == 2 && m.Temperature == null);
    }

    [Theory]
    [InlineData("OPENAI_BASE_URL=localhost:11434", "OPENAI_BASE_URL: expected an address such as http://localhost:11434/v1, found 'localhost:11434'")]
    [InlineData("ANTHROPIC_API_KEY=k|ANTHROPIC_BASE_URL=file:///etc", "ANTHROPIC_BASE_URL: expected an address such as https://api.anthropic.com, found 'file:///etc'")]
    public void A_variable_that_is_no_address_is_refused(string variables, string expected) =>
        ModelsFile.Read(path: null, Variables(variables).GetValueOrDefault).Refused!.Message.ShouldBe(expected);

    [Fact]
    public void A_file_says_all_there_is_to_say()
    {
        var settings = Fine(File(Full), _environment);

        settings.Samples.ShouldBe(5);
        settings.Budget.ShouldBe(new ModelBudget(1000, 0.5, 5000, 20));
        settings.Interviewer!.Name.ShouldBe("small");
        settings.Graders.Select(m => m.Name).ShouldBe(["big", "own", "local"]);
        var (small, big, own, local) = (settings.Models[0], settings.Models[1], settings.Models[2], settings.Models[3]);
        (small.Key, small.Temperature, small.Concurrency, small.Timeout, small.Price).ShouldBe(("secret-small", 0.3, 4, TimeSpan.FromSeconds(20), null));
        (big.Provider, big.Price, big.Timeout, big.Concurrency).ShouldBe((ModelProvider.Anthropic, new ModelPrice(3, 15), ModelEntry.DefaultTimeout, ModelEntry.DefaultConcurrency));
        (own.Provider, own.Owner).ShouldBe((ModelProvider.AzureOpenAi, "Microsoft Azure OpenAI"));
        (local.Key, local.Owner).ShouldBe(("", "this installation (llama)"));
        settings.SentTo.ShouldBe("OpenAI and Anthropic and Microsoft Azure OpenAI and this installation (llama)");
    }

    [Fact]
    public void A_file_named_by_a_variable_goes_before_the_providers_variables()
    {
        _environment[ModelsFile.Variable] = File(Full);
        _environment["OPENAI_API_KEY"] = "unused";

        Fine(null, _environment).Models.Select(m => m.Name).ShouldBe(["small", "big", "own", "local"]);
    }

    [Fact]
    public void What_a_file_leaves_out_has_its_usual_value()
    {
        var settings = Fine(File("""{ "models": [{ "name": "a", "provider": "openai", "model": "m", "base-url": "http://[::1]/v1" }], "budget": { "day-cost": 5 } }"""), _environment);

        settings.Samples.ShouldBe(3);
        settings.Budget.ShouldBe(ModelBudget.Default with { DayCost = 5 });
        settings.Models[0].Roles.Order().ShouldBe([ModelRole.Interviewer, ModelRole.Grader]);
        settings.Models[0].Owner.ShouldBe("this installation (m)");
    }

    [Fact]
    public void A_key_is_never_shown()
    {
        var settings = Fine(File(Full), _environment);

        string.Join('\n', [settings.ToString(), .. settings.Models.Select(m => $"{m} {m.Owner} {settings.SentTo}")]).ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("\"name\": \"small\", ", "", "models[0]: \"name\" is missing")]
    [InlineData("\"name\": \"big\"", "\"name\": \"small\"", "models[1]: expected a name of its own, found 'small' again")]
    [InlineData("\"provider\": \"anthropic\"", "\"provider\": \"google\"", "models[1]: \"provider\": expected openai, azure-openai or anthropic, found 'google'")]
    [InlineData("\"provider\": \"anthropic\", ", "", "models[1]: \"provider\": expected openai, azure-openai or anthropic, found ''")]
    [InlineData("\"model\": \"claude-big\", ", "", "models[1]: \"model\" is missing")]
    [InlineData("http://localhost:11434/v1", "localhost", "models[3]: \"base-url\": expected an address such as https://example.org/v1, found 'localhost'")]
    [InlineData("\"base-url\": \"https://ours.openai.azure.com\", ", "", "models[2]: \"base-url\": Azure needs one, as https://NAME.openai.azure.com")]
    [InlineData("\"key-env\": \"SMALL_KEY\", ", "", "models[0]: \"key-env\" is missing: the name of the variable that holds the key")]
    [InlineData("\"key-env\": \"SMALL_KEY\"", "\"key-env\": \"OTHER_KEY\"", "models[0]: the variable OTHER_KEY is not set")]
    [InlineData("\"key-env\": \"SMALL_KEY\"", "\"key-env\": \"sk-proj-secret\"", "models[0]: \"key-env\": expected the name of the variable that holds the key, such as OPENAI_API_KEY")]
    [InlineData("[\"interviewer\"]", "[\"judge\"]", "models[0]: \"roles\": expected interviewer or grader, found 'judge'")]
    [InlineData("[\"interviewer\"]", "[null]", "models[0]: \"roles\": expected interviewer or grader, found ''")]
    [InlineData("\"temperature\": 0.3", "\"temperature\": 3", "models[0]: expected \"temperature\" 0 to 2, \"concurrency\" 1 to 1000, \"timeout\" in seconds up to 3600, prices not below 0")]
    [InlineData("\"concurrency\": 4", "\"concurrency\": 0", "models[0]: expected \"temperature\" 0 to 2, \"concurrency\" 1 to 1000, \"timeout\" in seconds up to 3600, prices not below 0")]
    [InlineData("\"timeout\": 20", "\"timeout\": -1", "models[0]: expected \"temperature\" 0 to 2, \"concurrency\" 1 to 1000, \"timeout\" in seconds up to 3600, prices not below 0")]
    [InlineData("\"input-price\": 3", "\"input-price\": -3", "models[1]: expected \"temperature\" 0 to 2, \"concurrency\" 1 to 1000, \"timeout\" in seconds up to 3600, prices not below 0")]
    [InlineData("\"samples\": 5", "\"samples\": 1", "\"samples\": expected 2 to 9, found 1")]
    [InlineData("\"session-tokens\": 1000", "\"session-tokens\": 0", "\"budget\": expected numbers above 0")]
    public void A_mistake_is_named_with_its_place_and_what_was_expected(string right, string wrong, string expected)
    {
        var path = File(Full.With(right, wrong));

        ModelsFile.Read(path, _environment.GetValueOrDefault).Refused!.Message.ShouldBe($"{path}: {expected}");
    }

    [Theory]
    [InlineData("null", ": expected an object with \"models\", found null")]
    [InlineData("[]", ":1: expected JSON with \"models\", \"samples\" and \"budget\"; see the README on language models")]
    [InlineData("{\n  \"model\": []\n}", ":2: expected another value or key at $.model; see the README on language models")]
    [InlineData("{\n  \"models\": [{\n  \"key\": \"sk-1\" }] }", ":3: expected another value or key at $.models[0].key; see the README on language models")]
    [InlineData("{ \"models\": [null] }", ": models[0]: expected an object, found null")]
    [InlineData("{ \"samples\": 2.5 }", ":1: expected another value or key at $.samples; see the README on language models")]
    [InlineData("{ \"samples\": 3, \"samples\": 4 }", ":1: expected another value or key at $.samples; see the README on language models")]
    public void What_is_not_of_the_form_is_named_with_its_line(string text, string expected)
    {
        var path = File(text);

        ModelsFile.Read(path, _environment.GetValueOrDefault).Refused!.Message.ShouldBe(path + expected);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        ModelsFile.Read(Path.Combine(_folder.Path, "none.json"), _environment.GetValueOrDefault).Refused!.Message
            .ShouldEndWith("none.json: expected a readable file, found none (FileNotFoundException)");

    private static ModelSettings Fine(string? path, Dictionary<string, string> environment) =>
        ModelsFile.Read(path, environment.GetValueOrDefault).TryGet(out var settings, out var refusal) ? settings : throw new InvalidOperationException(refusal);

    private static Dictionary<string, string> Variables(string written) =>
        written.Split('|').Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1]);

    private string File(string text)
    {
        _folder.Add("models.json", text);
        return Path.Combine(_folder.Path, "models.json");
    }
}

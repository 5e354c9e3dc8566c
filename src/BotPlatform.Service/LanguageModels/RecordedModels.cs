using System.Text.Json;
using BotPlatform.Adapters;
using BotPlatform.Adapters.LanguageModels;

namespace BotPlatform.Service.LanguageModels;

/// <summary>Which models a folder of recordings is of, so that it can be played back where none of them is configured.</summary>
internal static class RecordedModels
{
    private const string FileName = "models.json";

    private static readonly JsonSerializerOptions Strict = new(Json.Indented) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public static Outcome<ModelSettings> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var written = JsonSerializer.Deserialize<Written>(File.ReadAllText(path), Strict);
            return written is { Models.Count: > 0, Samples: >= ModelSettings.FewestSamples and <= ModelSettings.MostSamples } && written.Models.TrueForAll(m => m is not null)
                ? ModelSettings.None with { Models = [.. written.Models.Select(Entry)], Samples = written.Samples }
                : new Refusal($"{path}: expected the list of models that --record writes, found something else");
        }
        catch (JsonException)
        {
            return new Refusal($"{path}: expected the list of models that --record writes, found something else");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal($"{path}: expected the list of models that --record writes, found none ({e.GetType().Name})");
        }
    }

    /// <returns>Why nothing can be recorded there; null when it can.</returns>
    public static string? Write(string folder, ModelSettings settings)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var (path, written) = (Path.Combine(folder, FileName), JsonSerializer.Serialize(Written.Of(settings), Json.Indented));
            // What was recorded with other models could not be played back any more, and was paid for.
            if (File.Exists(path) && File.ReadAllText(path) != written)
                return $"--record: {folder} holds what was recorded with other models, samples or prices; expected an empty folder or the same models";
            File.WriteAllText(path, written);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"--record: {folder} cannot be written ({e.GetType().Name})";
        }
    }

    private static ModelEntry Entry(WrittenModel m) => new(
        m.Name, m.Provider, m.Model, BaseUrl: null, Key: "", [ModelRole.Grader], m.Temperature,
        m.InputPrice is null && m.OutputPrice is null ? null : new ModelPrice(m.InputPrice ?? 0, m.OutputPrice ?? 0),
        ModelEntry.DefaultConcurrency, ModelEntry.DefaultTimeout);

    private sealed record Written(int Samples, List<WrittenModel> Models)
    {
        public static Written Of(ModelSettings settings) => new(
            settings.Samples, [.. settings.Graders.Select(m => new WrittenModel(m.Name, m.Provider, m.Model, m.Temperature, m.Price?.Input, m.Price?.Output))]);
    }

    private sealed record WrittenModel(string Name, ModelProvider Provider, string Model, double? Temperature, double? InputPrice, double? OutputPrice);
}

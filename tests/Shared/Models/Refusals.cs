namespace BotPlatform.Tests.Shared.Models;

/// <summary>A request that is turned away, with what the server says about it.</summary>
internal sealed class RefusedException(int status, string message, string? parameter = null, string? code = null)
    : Exception(message)
{
    public int Status => status;

    public string? Parameter => parameter;

    public string? Code => code;
}

/// <summary>How a server words what is wrong with a field.</summary>
internal interface IWording
{
    RefusedException NotJson(string why);

    RefusedException Missing(string path);

    RefusedException Unknown(string path);

    RefusedException Wrong(string path, string expected);

    string Item(string path, int index);
}

internal sealed class OpenAiWording : IWording
{
    public RefusedException NotJson(string why) =>
        new(400, $"We could not parse the JSON body of your request. ({why})");

    public RefusedException Missing(string path) =>
        new(400, $"Missing required parameter: '{path}'.", path, "missing_required_parameter");

    public RefusedException Unknown(string path) =>
        path.Contains('.', StringComparison.Ordinal)
            ? new(400, $"Unknown parameter: '{path}'.", path, "unknown_parameter")
            : new(400, $"Unrecognized request argument supplied: {path}");

    public RefusedException Wrong(string path, string expected) =>
        new(400, $"Invalid value for '{path}': expected {expected}.", path, "invalid_value");

    public string Item(string path, int index) => $"{path}[{index}]";
}

internal sealed class AnthropicWording : IWording
{
    public RefusedException NotJson(string why) => new(400, $"The request body is not valid JSON: {why}");

    public RefusedException Missing(string path) => new(400, $"{path}: Field required");

    public RefusedException Unknown(string path) => new(400, $"{path}: Extra inputs are not permitted");

    public RefusedException Wrong(string path, string expected) => new(400, $"{path}: Input should be {expected}");

    public string Item(string path, int index) => $"{path}.{index}";
}

using System.Text.RegularExpressions;

namespace BotPlatform.Tests.Shared.Models;

/// <summary>OpenAI's chat completions at Azure: another header, and the version and the deployment in the address.</summary>
internal sealed class AzureProtocol(string deployment) : OpenAiProtocol
{
    public override string Name => "azure";

    public override void Authenticate(Incoming call, string key)
    {
        if (call.Header("api-key") != key)
            throw new RefusedException(
                401, "Access denied due to invalid subscription key or wrong API endpoint.", null, "401");
        var version = call.Query.GetValueOrDefault("api-version", "");
        if (!Regex.IsMatch(version, "^[0-9]{4}-[0-9]{2}-[0-9]{2}(-preview)?$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            throw new RefusedException(404, "Resource not found", null, "404");
    }

    public override string Error(int status, string message, string? parameter, string? code, string requestId) =>
        status is 401 or 404 or 429
            ? OpenAiReplies.AzureError(code ?? $"{status}", message)
            : base.Error(status, message, parameter, code, requestId);

    protected override string Model(JsonFields fields, IReadOnlyCollection<string> models)
    {
        fields.FindText("model");
        return models.Contains(deployment)
            ? deployment
            : throw new RefusedException(404, "The API deployment for this resource does not exist.", null, "DeploymentNotFound");
    }
}

using System.Globalization;
using System.Text;
using BotPlatform.Adapters.Slack;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Slack;
using Shouldly;
using Xunit;
using Signature = BotPlatform.Adapters.Slack.Signature;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>A request is read only with both headers, each once.</summary>
public sealed class SlackHeadersTests(PostgresFixture postgres)
{
    private const string Body = """{"type":"url_verification","challenge":"here"}""";

    [Theory]
    [InlineData(1, 1, 200)]
    [InlineData(0, 1, 401)]
    [InlineData(1, 0, 401)]
    [InlineData(0, 0, 401)]
    [InlineData(2, 1, 401)]
    [InlineData(1, 2, 401)]
    public async Task Headers_that_are_missing_or_there_twice_sign_nothing(int timestamps, int signatures, int status)
    {
        var time = new MovedTime();
        await using var here = await SlackInstallation.StartAsync(postgres, time: time);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/slack/events") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        for (var i = 0; i < timestamps; i++)
            request.Headers.TryAddWithoutValidation(Signature.TimestampHeader, timestamp);
        for (var i = 0; i < signatures; i++)
            request.Headers.TryAddWithoutValidation(Signature.SignatureHeader, Signature.Of(new SlackOptions().SigningSecret, timestamp, Encoding.UTF8.GetBytes(Body)));
        using var answer = await here.Service.Http.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 200)
            (await answer.Content.ReadAsStringAsync()).ShouldBe("here");
    }
}

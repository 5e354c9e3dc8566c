using BotPlatform.Adapters.Postgres;
using BotPlatform.Service.Tests.LanguageModels;
using BotPlatform.Tests.Shared;
using BotPlatform.Tests.Shared.Models;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Slack;

/// <summary>What people are told of who reads what they write.</summary>
public sealed class SlackPrivacyTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_home_tab_names_a_language_model_only_while_the_workspace_allows_one()
    {
        await using var model = await ModelServer.StartAsync(_ => throw new InvalidOperationException("nobody asks it"));
        await using var here = await SlackInstallation.StartAsync(postgres, models: TestModels.Settings(TestModels.OpenAi(model)));
        await here.Candidate.OpenHomeAsync();
        await here.UntilAsync(() => here.Candidate.Home, home => home?.Shown.Contains("is sent to a language model of", StringComparison.Ordinal) ?? false);

        await here.Service.Get<ModelCalls>().AllowAsync(allowed: false, CancellationToken.None);
        await here.Candidate.OpenHomeAsync();
        await here.UntilAsync(() => here.Candidate.Home, home => home!.Shown.Contains("No language model reads what you write", StringComparison.Ordinal));
    }
}

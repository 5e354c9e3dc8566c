using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Content;

/// <summary>How far the rules carry beyond the words they know. The floors only ever rise.</summary>
public sealed class PlainWordsAgreementTests
{
    [Fact]
    public async Task On_interviews_in_plain_words_we_agree_in_the_main()
    {
        var report = await GoldAgreementTests.Report("plain-words", [], general: false);

        report.Pooled.Qwk!.Value.ShouldBeGreaterThanOrEqualTo(0.64);
        report.Pooled.Centred!.Value.ShouldBeGreaterThanOrEqualTo(0.58);
        report.Pooled.Bias!.Value.ShouldBeInRange(-0.45, 0.2);
        report.Pooled.Coverage!.Value.ShouldBeGreaterThanOrEqualTo(0.95);
    }
}

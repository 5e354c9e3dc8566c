using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Service.Tests.Practice;

/// <summary>The machine's clock is set back by an hour in the middle of interviews.</summary>
public sealed class ClockTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public async Task A_clock_that_goes_backwards_holds_up_nobody(double quietSeconds)
    {
        var clock = new ShiftedClock();
        await using var service = await ServiceUnderTest.StartAsync(
            postgres, TimeSpan.FromSeconds(quietSeconds), content: SmallContent.Folder, time: clock);
        var http = service.Http;
        var id = await http.BeginAsync();
        await http.SayAndHearAsync(id, "m1", "Before.");

        clock.Shift = TimeSpan.FromHours(-1);
        var later = await http.SayAndHearAsync(id, "m2", "After.");

        later.Said().Select(t => t.Text).ShouldBe(["Before.", "After."]);
        var another = await http.BeginAsync();
        await http.SayAndHearAsync(another, "m1", "Begun after.");
        // Nor does time that never passed use up anybody's budget.
        (await http.SessionAsync(id)).GetProperty("time").GetProperty("left_s").GetInt32().ShouldBeGreaterThan(3500);
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}

using BotPlatform.Adapters.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

public sealed class PaceTests
{
    private const string Key = "C1";
    private readonly Pace _pace = new(new PaceLimit(PerSecond: 0.5, Burst: 3));
    private DateTimeOffset _now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_burst_goes_at_once_and_then_one_in_two_seconds()
    {
        Take(3);
        Wait().ShouldBe(TimeSpan.FromSeconds(2));
        Pass(1.5);
        Wait().ShouldBe(TimeSpan.FromSeconds(0.5));
        Pass(0.5);
        Take(1);
        Wait().ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void However_long_nothing_is_done_no_more_than_a_burst_is_saved_up()
    {
        Take(1);
        Pass(86_400);
        Take(3);
        Wait().ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void What_is_done_without_leave_counts_all_the_same()
    {
        for (var i = 0; i < 5; i++)
            _pace.Take(Key, _now);
        Wait().ShouldBe(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void Each_key_has_its_own()
    {
        Take(3);
        _pace.Wait("C2", _now).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void What_is_closed_waits_for_its_end_or_for_the_bucket_whichever_is_later()
    {
        _pace.Close(Key, TimeSpan.FromSeconds(30), _now);
        Wait().ShouldBe(TimeSpan.FromSeconds(30));
        _pace.Wait("C2", _now).ShouldBe(TimeSpan.Zero);
        Pass(30);
        Wait().ShouldBe(TimeSpan.Zero);
        Take(3);
        _pace.Close(Key, TimeSpan.FromSeconds(1), _now);
        Wait().ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_clock_that_goes_back_gives_nothing_and_takes_nothing()
    {
        Take(3);
        Pass(-60);
        Wait().ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Among_thousands_of_keys_no_limit_is_forgotten()
    {
        Take(3);
        for (var i = 0; i < 3000; i++)
            _pace.Take($"other {i}", _now);
        Wait().ShouldBe(TimeSpan.FromSeconds(2));
        Pass(10);
        _pace.Take("one more", _now);
        Wait().ShouldBe(TimeSpan.Zero);
    }

    private TimeSpan Wait() => _pace.Wait(Key, _now);

    private void Pass(double seconds) => _now += TimeSpan.FromSeconds(seconds);

    private void Take(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Wait().ShouldBe(TimeSpan.Zero);
            _pace.Take(Key, _now);
        }
    }
}

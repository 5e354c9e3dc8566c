using System.Text;
using BotPlatform.Adapters.Slack;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Slack;

public sealed class SealedTokenTests
{
    private const string Token = "xoxb-1-of-the-tests";
    private const string Team = "T1";
    private static readonly byte[] s_old = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] s_new = [.. Enumerable.Repeat((byte)2, 32)];

    [Theory]
    [InlineData(Token)]
    [InlineData("")]
    [InlineData("é😀")]
    public void What_is_sealed_is_opened_again(string token)
    {
        var seal = new SealedToken([s_old]);
        seal.Open(seal.Seal(token, Team), Team).ShouldBe(token);
    }

    [Fact]
    public void Sealed_twice_it_is_not_the_same_and_never_in_the_clear()
    {
        var seal = new SealedToken([s_old]);
        var (one, two) = (seal.Seal(Token, Team), seal.Seal(Token, Team));
        one.ShouldNotBe(two);
        Encoding.Latin1.GetString(one).ShouldNotContain("xoxb");
    }

    [Fact]
    public void Another_teams_token_does_not_open()
    {
        var seal = new SealedToken([s_old]);
        seal.Open(seal.Seal(Token, Team), "T2").ShouldBeNull();
    }

    [Fact]
    public void A_changed_byte_or_a_missing_one_is_noticed_wherever_it_is()
    {
        var seal = new SealedToken([s_old, s_new]);
        var whole = seal.Seal(Token, Team);
        for (var i = 0; i < whole.Length; i++)
        {
            whole[i] ^= 1;
            seal.Open(whole, Team).ShouldBeNull($"byte {i}");
            whole[i] ^= 1;
            seal.Open(whole[..i], Team).ShouldBeNull($"{i} bytes");
        }

        seal.Open([.. whole, 0], Team).ShouldBeNull();
        seal.Open(whole, Team).ShouldBe(Token);
    }

    [Fact]
    public void While_keys_change_what_either_has_sealed_opens_and_the_newest_seals()
    {
        var before = new SealedToken([s_old]);
        var during = new SealedToken([s_new, s_old]);
        var after = new SealedToken([s_new]);
        var old = before.Seal(Token, Team);
        during.IsNewest(old).ShouldBeFalse();
        during.Open(old, Team).ShouldBe(Token);
        after.Open(old, Team).ShouldBeNull();

        var anew = during.Seal(during.Open(old, Team)!, Team);
        during.IsNewest(anew).ShouldBeTrue();
        after.Open(anew, Team).ShouldBe(Token);
        before.Open(anew, Team).ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_the_newest_of_nothing() => new SealedToken([s_old]).IsNewest([]).ShouldBeFalse();

    [Fact]
    public void Keys_have_256_bits()
    {
        Should.Throw<ArgumentException>(() => new SealedToken([]));
        Should.Throw<ArgumentException>(() => new SealedToken([s_old, new byte[16]]));
    }
}

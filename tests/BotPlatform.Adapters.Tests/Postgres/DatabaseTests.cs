using BotPlatform.Adapters;
using BotPlatform.Adapters.Postgres;
using BotPlatform.Tests.Shared;
using Shouldly;
using Xunit;

namespace BotPlatform.Adapters.Tests.Postgres;

public sealed class DatabaseTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_configured_server_is_used_as_it_is()
    {
        await using var empty = await postgres.CreateEmptyDatabaseAsync();

        await using var database = (await OpenAsync(empty.ConnectionString)).Value!;

        database.IsPrivate.ShouldBeFalse();
        database.Location.ShouldContain(empty.Name);
        database.Location.ShouldNotContain("Password");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=bot;Password=geheim;Database=practice;Timeout=2", "practice on 127.0.0.1:1")]
    [InlineData("Host=no-such-host.invalid;Username=bot;Password=geheim;Timeout=2", "no-such-host.invalid:5432")]
    [InlineData("Host=127.0.0.1;Pasword=geheim", "cannot be read")]
    [InlineData("geheim", "cannot be read")]
    [InlineData("Username=bot;Password=geheim", "names no host")]
    public async Task A_server_that_cannot_be_reached_is_named_in_one_line_without_the_password(string configured, string expected)
    {
        var refusal = (await OpenAsync(configured)).Refused!.Message;

        refusal.ShouldContain(expected);
        refusal.ShouldNotContain("geheim");
        refusal.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_wrong_password_and_a_missing_database_are_told_apart()
    {
        await using var empty = await postgres.CreateEmptyDatabaseAsync();

        (await OpenAsync(empty.ConnectionString + ";Database=missing_one")).Refused!.Message.ShouldContain("does not exist");
    }

    [Theory]
    [InlineData(true, "/home/someone/.local/share", "/var/lib/botplatform")]
    [InlineData(false, "/home/someone/.local/share", "/home/someone/.local/share/botplatform")]
    public void The_data_folder_of_root_can_be_reached_by_others(bool root, string local, string expected) =>
        DataFolder.Default(root, local).ShouldBe(expected);

    private static Task<Outcome<Database>> OpenAsync(string connectionString) =>
        Database.OpenAsync(new DatabaseOptions(connectionString, "unused"), _ => { }, default);
}

namespace BotPlatform.Adapters.Postgres;

/// <summary>Where the product keeps what must survive a restart, unless told otherwise.</summary>
public static class DataFolder
{
    /// <summary>The folder for this user on this machine.</summary>
    public static string Default() => Default(
        root: Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows(),
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify));

    /// <summary>
    /// <c>/var/lib/botplatform</c> for root, because PostgreSQL runs as another user, who cannot reach root's home.
    /// For everyone else a folder under <paramref name="localApplicationData"/>, which on Linux is
    /// <c>$XDG_DATA_HOME</c> or <c>~/.local/share</c>.
    /// </summary>
    public static string Default(bool root, string localApplicationData) =>
        root ? "/var/lib/botplatform" : Path.Combine(localApplicationData, "botplatform");

    /// <summary>Creates the data folder.</summary>
    internal static Refusal? Create(string folder)
    {
        try
        {
            CreateShared(folder);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal($"cannot create the data folder {folder}: {e.Message} Choose another with --data-dir.");
        }
    }

    /// <summary>
    /// Creates a folder unless it is there: open to the user that root steps down to, whatever the umask, and private
    /// to everyone else.
    /// </summary>
    internal static void CreateShared(string folder)
    {
        if (Directory.Exists(folder)) return;
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, Environment.IsPrivilegedProcess ? ForAll : ForOwner);
    }

    internal const UnixFileMode ForOwner =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    internal const UnixFileMode ForAll = ForOwner
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
}

using System.Globalization;

namespace BotPlatform.Adapters.Postgres;

/// <summary>The user that a server runs as when we are root, since PostgreSQL refuses to be root.</summary>
internal sealed record ServerUser(int Uid, int Gid, string Name)
{
    /// <summary>
    /// Nobody to step down to when we are not root. When we are: the owner of <paramref name="folder"/> if someone else
    /// already owns it, else <c>postgres</c>, else <c>nobody</c>.
    /// </summary>
    public static async Task<(ServerUser? User, Refusal? Refusal)> ForAsync(string folder, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return (null, null);
        if (!(await Programs.RunAsync(null, "setpriv", ["--version"], cancellation)).Ok)
        {
            return (null, new Refusal(
                "PostgreSQL refuses to run as root, and setpriv (package util-linux) is missing to step down with: "
                + "install it, run as an ordinary user, or give a connection string."));
        }

        var passwd = await File.ReadAllTextAsync("/etc/passwd", cancellation);
        var owner = await Programs.RunAsync(null, "stat", ["-c", "%u:%g", folder], cancellation);
        var user = owner.Ok ? Owner(passwd, owner.Output.Trim()) : null;
        user ??= Find(passwd, "postgres") ?? Find(passwd, "nobody");
        return user is null
            ? (null, new Refusal("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody "
                + "to step down to: create one (useradd --system postgres), or give a connection string."))
            : (user, null);
    }

    /// <summary>The user of that name in the text of <c>/etc/passwd</c>.</summary>
    public static ServerUser? Find(string passwd, string name) => Entries(passwd).FirstOrDefault(u => u.Name == name);

    /// <summary>The owner as <c>uid:gid</c>, named as <c>/etc/passwd</c> does; null for root.</summary>
    public static ServerUser? Owner(string passwd, string uidGid)
    {
        var parts = uidGid.Split(':');
        var uid = int.Parse(parts[0], CultureInfo.InvariantCulture);
        var gid = int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (uid == 0) return null;
        var name = Entries(passwd).FirstOrDefault(u => u.Uid == uid)?.Name ?? parts[0];
        return new ServerUser(uid, gid, name);
    }

    private static IEnumerable<ServerUser> Entries(string passwd) =>
        from line in passwd.Split('\n')
        let fields = line.Split(':')
        where fields.Length >= 4
        let uid = int.TryParse(fields[2], CultureInfo.InvariantCulture, out var u) ? u : -1
        let gid = int.TryParse(fields[3], CultureInfo.InvariantCulture, out var g) ? g : -1
        where uid > 0 && gid >= 0
        select new ServerUser(uid, gid, fields[0]);
}

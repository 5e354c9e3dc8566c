using System.Security.Cryptography;

namespace BotPlatform.Service.Hosting;

/// <summary>The key that session tokens are made with.</summary>
public static class Secret
{
    private const string Variable = "BOTPLATFORM_SECRET";
    private const int Bytes = 32;

    /// <summary>
    /// From the environment, where several nodes must agree on it; else from a file in the data folder that only
    /// its owner can read, made on first use.
    /// </summary>
    public static byte[] In(string dataFolder)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: >= Bytes } configured)
            return SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(configured));
        var path = Path.Combine(dataFolder, "secret.key");
        if (!File.Exists(path))
            Make(dataFolder, path);
        return File.ReadAllBytes(path);
    }

    private static void Make(string dataFolder, string path)
    {
        Directory.CreateDirectory(dataFolder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(Bytes));
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it in the same moment; its key is as good.
        }
    }
}

namespace BotPlatform.Tests.Shared.Models;

/// <summary>Prompts that were seen before cost less, from 1024 tokens on.</summary>
internal sealed class PromptCache
{
    private const int Smallest = 1024;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public Usage Usage(Asked asked, int outputCharacters)
    {
        var input = Models.Usage.Tokens(asked.System.Length + asked.Messages.Sum(message => message.Text.Length));
        var output = Models.Usage.Tokens(outputCharacters);
        var prefix = Models.Usage.Tokens(asked.CachedPrefix.Length);
        if (prefix < Smallest) return new Usage(input, output, 0, 0);
        lock (_lock)
        {
            return _seen.Add(asked.Model + "\n" + asked.CachedPrefix)
                ? new Usage(input, output, 0, prefix)
                : new Usage(input, output, prefix, 0);
        }
    }
}

using System.Text;

namespace BotPlatform.Adapters.Console;

public static class Wrapping
{
    /// <summary>Breaks at spaces; a word longer than the width stands on a line of its own.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        if (line.Length > 0)
            yield return line.ToString();
    }
}

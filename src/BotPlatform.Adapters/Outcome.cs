using System.Diagnostics.CodeAnalysis;

namespace BotPlatform.Adapters;

/// <summary>Why something expected did not happen: one line for the user that says what to do.</summary>
public sealed record Refusal(string Message);

/// <summary>A value, or the <see cref="Refusal"/> that took its place.</summary>
public sealed record Outcome<T> where T : class
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refused) = (value, refusal);

    /// <summary>The value; null when refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null when there is a value.</summary>
    public Refusal? Refused { get; }

    /// <summary>Gives the value, or the one line that says why there is none.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? refusal)
    {
        value = Value;
        refusal = Refused?.Message;
        return value is not null;
    }

    [SuppressMessage("Usage", "CA2225", Justification = "Returning either side is the point of the type.")]
    public static implicit operator Outcome<T>(T value) => new(value, null);

    [SuppressMessage("Usage", "CA2225", Justification = "Returning either side is the point of the type.")]
    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}

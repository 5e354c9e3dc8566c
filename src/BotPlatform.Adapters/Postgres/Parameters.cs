using Npgsql;
using NpgsqlTypes;

namespace BotPlatform.Adapters.Postgres;

/// <summary>Parameters by position. PostgreSQL is told the type of what may be null, and of arrays and JSON.</summary>
internal static class Parameters
{
    /// <summary>Adds values in their order; one that is a parameter already stays what it is.</summary>
    public static void AddAll(this NpgsqlParameterCollection parameters, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
    }

    public static NpgsqlParameter Text(string? value) => Of(NpgsqlDbType.Text, value);

    public static NpgsqlParameter Integer(int? value) => Of(NpgsqlDbType.Integer, value);

    public static NpgsqlParameter Uuid(Guid? value) => Of(NpgsqlDbType.Uuid, value);

    public static NpgsqlParameter Json(string text) => Of(NpgsqlDbType.Jsonb, text);

    /// <summary>A column of what a statement takes many of at once.</summary>
    public static NpgsqlParameter Array<T, TValue>(NpgsqlDbType type, IEnumerable<T> of, Func<T, TValue> value) =>
        Of(NpgsqlDbType.Array | type, of.Select(value).ToArray());

    public static NpgsqlParameter Texts(IEnumerable<string> values) => Array(NpgsqlDbType.Text, values, v => v);

    private static NpgsqlParameter Of(NpgsqlDbType type, object? value) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}

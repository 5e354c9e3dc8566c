using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using BotPlatform.Adapters.Postgres;

namespace BotPlatform.Service.Practice;

/// <summary>
/// Who may use which session. Bound to loopback, everyone on the machine is the one person; bound elsewhere, a
/// session opens only to its own token, or to the browser that began it.
/// </summary>
public sealed class Access(bool local, byte[] secret)
{
    private const string Cookie = "botplatform_person";
    private const string LocalPerson = "local";

    public bool IsLocal { get; } = local;

    /// <summary>The key that tokens and boundaries are made with.</summary>
    internal byte[] Secret { get; } = secret;

    /// <summary>A session's token: it follows from the id, so that a repeated request gets the same one.</summary>
    public string TokenOf(Guid session) => Base64Url.EncodeToString(HMACSHA256.HashData(Secret, session.ToByteArray()));

    public static string Hash(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    public Caller CallerOf(HttpRequest request)
    {
        if (IsLocal)
            return Caller.Local;
        var bearer = request.Headers.Authorization.ToString();
        var token = bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer[7..].Trim() : request.Query["token"].ToString();
        var person = request.Cookies[Cookie];
        return new Caller(
            Trusted: false,
            token.Length > 0 ? Hash(token) : null,
            string.IsNullOrEmpty(person) ? null : Hash(person));
    }

    /// <summary>The hash under which sessions of this person are listed; a new person gets a cookie.</summary>
    public string OwnerOf(HttpContext context)
    {
        if (IsLocal)
            return Hash(LocalPerson);
        if (context.Request.Cookies[Cookie] is { Length: > 0 } known)
            return Hash(known);
        var person = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        context.Response.Cookies.Append(Cookie, person, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
        });
        return Hash(person);
    }

    /// <summary>The person of the terminal and of a page on this machine.</summary>
    public static string LocalOwner => Hash(LocalPerson);
}

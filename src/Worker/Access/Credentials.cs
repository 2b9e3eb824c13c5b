using System.Security.Cryptography;
using System.Text.RegularExpressions;
using LeadScoring.Worker.Store;
using Microsoft.AspNetCore.Identity;

namespace LeadScoring.Worker.Access;

/// <summary>Names and passwords: what may be one, and whether they belong together.</summary>
public static partial class Credentials
{
    /// <summary>The shortest password; with at most five attempts a quarter of an hour, twelve characters are not guessed.</summary>
    public const int Shortest = 12;

    /// <summary>Attempts that may fail one after the other before the name is locked.</summary>
    public const int Attempts = 5;

    const int Longest = 256;

    /// <summary>How long a name stays locked.</summary>
    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    static readonly PasswordHasher<string> Hasher = new();

    /// <summary>What the password of a name that nobody has is compared with, so that it takes as long as another.</summary>
    static readonly string Nobodys = Hasher.HashPassword("", NewStamp());

    /// <summary>A user with a stamp of its own.</summary>
    /// <exception cref="WorkerException">The name or the password may not be one.</exception>
    public static User NewUser(string name, UserRole role, string password) =>
        NameForm().IsMatch(name)
            ? new(name, role, Hash(password), NewStamp())
            : throw WorkerException.Of(
                "NAME",
                FormattableString.Invariant($"{name.Length} characters that are no user's name"),
                "1 to 64 lower-case letters a to z, digits, dots, dashes and underscores, a letter or digit first",
                "name the user so; not by an e-mail address"
            );

    /// <exception cref="WorkerException">The password is too short or too long.</exception>
    public static string Hash(string password) =>
        password.Length is >= Shortest and <= Longest
            ? Hasher.HashPassword("", password)
            : throw WorkerException.Of(
                "the password",
                FormattableString.Invariant($"{password.Length} characters"),
                FormattableString.Invariant($"{Shortest} to {Longest}"),
                "take another; a few words after each other are good"
            );

    public static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The user whose name and password these are; null when they are nobody's, or while the name is locked.</summary>
    public static User? Check(LeadStore store, string name, string password, DateTime now)
    {
        var users = new UserBook(store);
        var user = users.Attempt(name, Attempts, now, now + Lock) ? users.Find(name) : null;
        var isIt =
            Hasher.VerifyHashedPassword("", user?.PasswordHash ?? Nobodys, password)
            is not PasswordVerificationResult.Failed;
        if (user is null || !isIt)
            return null;
        users.SignedIn(name);
        return user;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}$", RegexOptions.None, 1000)]
    private static partial Regex NameForm();
}

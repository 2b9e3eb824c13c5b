namespace LeadScoring.Worker.Access;

/// <summary>What a user is to the system.</summary>
public enum UserRole
{
    /// <summary>Works a municipality's list.</summary>
    Officer,

    /// <summary>Trains, compares and promotes models.</summary>
    Analyst,

    /// <summary>Looks after the system.</summary>
    Admin,
}

/// <summary>Somebody who may sign in.</summary>
/// <param name="Name">Lower case; not an e-mail address.</param>
/// <param name="PasswordHash">As ASP.NET Core Identity keeps it (PBKDF2 with a salt of its own).</param>
/// <param name="Stamp">Another one after each change of the password: who signed in before has to do it again.</param>
/// <param name="LockedUntil">After too many attempts that failed.</param>
public sealed record User(string Name, UserRole Role, string PasswordHash, string Stamp, DateTime? LockedUntil = null);

using LeadScoring.Worker.Access;

namespace LeadScoring.Worker.Store;

/// <summary>The store's users.</summary>
public sealed class UserBook(LeadStore store)
{
    /// <summary>By name.</summary>
    public IReadOnlyList<User> All() => store.Rows<UserRow, User>("users", r => r.User());

    public User? Find(string name) => store.Rows<UserRow, User>("user", r => r.User(), new { name }).FirstOrDefault();

    /// <summary>False when there is a user of that name.</summary>
    public bool Add(User user) =>
        store.Execute(
            "put_user",
            new
            {
                name = user.Name,
                role = StoreText.Word(user.Role),
                password_hash = user.PasswordHash,
                stamp = user.Stamp,
            }
        ) == 1;

    /// <summary>Also ends a lock, and with the new stamp what was signed in; false when there is no user of that name.</summary>
    public bool SetPassword(string name, string passwordHash, string stamp) =>
        store.Execute(
            "set_password",
            new
            {
                name,
                password_hash = passwordHash,
                stamp,
            }
        ) == 1;

    /// <summary>False when there is no user of that name.</summary>
    public bool Remove(string name) => store.Execute("remove_user", new { name }) == 1;

    /// <summary>Counts an attempt to sign in; false while the name is locked, and when nobody has it.</summary>
    /// <remarks>Counted before the password is looked at, so that attempts at the same time are not more than those one by one.</remarks>
    public bool Attempt(string name, int most, DateTime now, DateTime until) =>
        store.Execute(
            "begin_sign_in",
            new
            {
                name,
                most,
                now = StoreText.Instant(now),
                until = StoreText.Instant(until),
            }
        ) == 1;

    /// <summary>The attempt went well.</summary>
    public void SignedIn(string name) => store.Execute("signed_in", new { name });

    sealed class UserRow
    {
        public string Name { get; init; } = "";
        public string Role { get; init; } = "";
        public string PasswordHash { get; init; } = "";
        public string Stamp { get; init; } = "";
        public string? LockedUntil { get; init; }

        public User User() =>
            new(
                Name,
                StoreText.Word<UserRole>(Role),
                PasswordHash,
                Stamp,
                LockedUntil is null ? null : StoreText.Instant(LockedUntil)
            );
    }
}

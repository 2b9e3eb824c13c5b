namespace LeadScoring.Ingestion;

/// <summary>Whom a home has erased, to be asked by id; ids themselves are not kept.</summary>
public sealed class ErasedContacts
{
    readonly Suppressions _list;
    readonly string _salt;

    ErasedContacts(Suppressions list, string salt) => (_list, _salt) = (list, salt);

    /// <exception cref="IngestionException">The list or the salt is damaged.</exception>
    public static ErasedContacts Of(string home)
    {
        var layout = LakeLayout.Of(home);
        var list = Suppressions.Read(layout);
        return new(list, list.Hashes.Count == 0 ? "" : Salt.Of(layout, Manifest.Read(layout)));
    }

    public bool Contains(string contact) => _list.Hashes.Count > 0 && _list.Hashes.Contains(HashOf(contact));

    /// <summary>What is kept of an erased contact's id.</summary>
    public string HashOf(string contact) => Suppressions.OfContact(_salt, contact);
}

namespace LeadScoring.Ingestion.Vocabulary;

/// <summary>The register's own key of a person: opaque text, never a name or an address.</summary>
public readonly record struct ContactId(string Value) : IComparable<ContactId>
{
    public int CompareTo(ContactId other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(ContactId left, ContactId right) => left.CompareTo(right) < 0;

    public static bool operator >(ContactId left, ContactId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ContactId left, ContactId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ContactId left, ContactId right) => left.CompareTo(right) >= 0;
}

namespace LeadScoring.Ingestion;

/// <summary>The tables of a lake. All but the small last two are split into buckets by the hash of their first column.</summary>
public enum LakeTable
{
    /// <summary>What contacts did: one row a trace, sorted by contact and time.</summary>
    Traces,

    /// <summary>Versions of what the register says about a contact.</summary>
    Contacts,

    /// <summary>Consents given and withdrawn, and objections.</summary>
    Consents,

    /// <summary>What came of a contact: called, visited, moved, declined.</summary>
    Outcomes,

    /// <summary>Traces of subjects that are tied to no contact yet.</summary>
    Visitors,

    /// <summary>Which subject is tied to which contact, and since when.</summary>
    Links,

    /// <summary>What was said outright about two ids: that they are one contact, or that they are not.</summary>
    Merges,

    /// <summary>Which ids stand for another contact now, and since when that is known; made of links and merges.</summary>
    Identities,
}

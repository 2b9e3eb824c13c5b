using LeadScoring.Ingestion.Vocabulary;

namespace LeadScoring.Worker.Steps;

/// <summary>Gathers rows that come sorted by contact into one list a contact.</summary>
sealed class Grouped<T>(Action<ContactId, IReadOnlyList<T>> put)
{
    string? _contact;
    List<T> _rows = [];

    internal void Add(string contact, T row)
    {
        if (!string.Equals(contact, _contact, StringComparison.Ordinal))
            End();
        _contact = contact;
        _rows.Add(row);
    }

    internal void End()
    {
        if (_contact is not null && _rows.Count > 0)
            put(new(_contact), _rows);
        _rows = [];
    }
}

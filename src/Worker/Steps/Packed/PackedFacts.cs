using System.Collections;
using System.Diagnostics.CodeAnalysis;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Packed;

namespace LeadScoring.Worker.Steps.Packed;

/// <summary>One fact a contact, as a dictionary whose values lie as bytes and are made anew each time they are asked for.</summary>
/// <remarks>
/// Two million contacts' evidence, standings and days take a gigabyte as objects and some tens of megabytes as bytes. What
/// comes out is equal to what went in; it is another object every time.
/// </remarks>
abstract class PackedFacts<T>(ContactNumbers contacts) : IReadOnlyDictionary<ContactId, T>
{
    readonly PackedBytes _bytes = new();
    readonly PackedWriter _writer = new();

    /// <summary>By the contact's number: where its bytes begin, and 1 more; 0 when it has none.</summary>
    readonly List<int> _begins = [];

    public int Count { get; private set; }

    public IEnumerable<ContactId> Keys => Numbers.Select(number => contacts[number]);

    public IEnumerable<T> Values => Numbers.Select(Value);

    public T this[ContactId key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException("no such contact");

    /// <summary>Keeps the fact in place of an earlier one.</summary>
    public void Put(ContactId contact, T value)
    {
        var number = contacts.Of(contact);
        while (_begins.Count <= number)
            _begins.Add(0);
        _writer.Clear();
        Pack(value, _writer);
        Count += _begins[number] == 0 ? 1 : 0;
        _begins[number] = checked(_bytes.Add(_writer.Written) + 1);
    }

    public bool ContainsKey(ContactId key) => contacts.Find(key) is { } number && Has(number);

    public bool TryGetValue(ContactId key, [MaybeNullWhen(false)] out T value)
    {
        if (contacts.Find(key) is { } number && Has(number))
        {
            value = Value(number);
            return true;
        }
        value = default;
        return false;
    }

    public IEnumerator<KeyValuePair<ContactId, T>> GetEnumerator() =>
        Numbers.Select(number => KeyValuePair.Create(contacts[number], Value(number))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected abstract void Pack(T value, PackedWriter into);

    protected abstract T Unpack(ref PackedReader from);

    IEnumerable<int> Numbers => Enumerable.Range(0, _begins.Count).Where(Has);

    bool Has(int number) => number < _begins.Count && _begins[number] != 0;

    T Value(int number)
    {
        var reader = new PackedReader(_bytes.From(_begins[number] - 1));
        return Unpack(ref reader);
    }
}

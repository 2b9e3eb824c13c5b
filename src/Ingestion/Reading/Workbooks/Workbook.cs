using System.IO.Compression;
using System.Xml;

namespace LeadScoring.Ingestion.Reading.Workbooks;

/// <summary>An .xlsx file: a zip archive of XML parts, of which one lists the sheets (ECMA-376, SpreadsheetML).</summary>
/// <remarks>Parts are found by their relationships and elements by their local names, so that the strict and the
/// transitional variant are read alike. Document types are refused: a workbook has none, and they can be traps.</remarks>
sealed class Workbook : IDisposable
{
    public const string Expected = "Save it as .xlsx again, or export as CSV.";

    static readonly XmlReaderSettings _xml = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CloseInput = true,
    };

    readonly ZipArchive _archive;
    readonly long _packed;
    readonly Dictionary<string, (string Target, string Type)> _parts;
    CheckedMember? _last;

    Workbook(ZipArchive archive, long packed)
    {
        (_archive, _packed) = (archive, packed);
        _parts = Parts("xl/_rels/workbook.xml.rels");
        var sheets = new List<Sheet>();
        using var xml = Open("xl/workbook.xml");
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
                StartsIn1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "sheet" } && RelationOf(xml) is { } id)
                sheets.Add(new(xml.GetAttribute("name") ?? "", id, xml.GetAttribute("state") is null or "visible"));
        }
        Sheets = [.. sheets.Where(sheet => _parts.TryGetValue(sheet.Part, out var part) && part.Type is "worksheet")];
    }

    /// <summary>Sheets with cells, in the order of their tabs; charts are none.</summary>
    public IReadOnlyList<Sheet> Sheets { get; }

    /// <summary>Whether days are counted from 1904 and not from 1900.</summary>
    public bool StartsIn1904 { get; }

    /// <summary>How much is read of the part that was opened last, 0 to 1.</summary>
    public double Share => _last is null ? 0 : (double)_last.Position / Math.Max(1, _last.Length);

    /// <summary>Whether a file is an archive with a workbook in it.</summary>
    public static bool IsOne(string path, ReadOnlySpan<byte> start)
    {
        if (!ZipMembers.IsZip(start))
            return false;
        try
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.GetEntry("xl/workbook.bin") is not null)
                throw new IngestionException($"this is a binary workbook (.xlsb). {Expected}");
            return archive.GetEntry("xl/workbook.xml") is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <exception cref="IngestionException">It is damaged.</exception>
    public static Workbook Open(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Guard(() =>
        {
            var archive = ZipFile.OpenRead(path);
            try
            {
                return new Workbook(archive, new FileInfo(path).Length);
            }
            catch
            {
                archive.Dispose();
                throw;
            }
        });
    }

    /// <summary>Tells faults of zip and XML as faults of the workbook.</summary>
    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is XmlException or InvalidDataException)
        {
            throw new IngestionException($"the workbook is damaged or cut off. {Expected}", error);
        }
    }

    public XmlReader OpenSheet(Sheet sheet) => Open(_parts[sheet.Part].Target);

    /// <summary>The part of a kind, such as <c>styles</c>; null when the workbook has none.</summary>
    public XmlReader? OpenPart(string type)
    {
        var target = _parts
            .Values.FirstOrDefault(part => string.Equals(part.Type, type, StringComparison.Ordinal))
            .Target;
        return target is not null && _archive.GetEntry(target) is not null ? Open(target) : null;
    }

    public void Dispose() => _archive.Dispose();

    XmlReader Open(string part)
    {
        var entry =
            _archive.GetEntry(part)
            ?? throw new IngestionException($"the workbook has no part {part}: it is damaged. {Expected}");
        if (entry.IsEncrypted)
            throw new IngestionException("the workbook is encrypted. Save it without a password.");
        _last = Guard(() => new CheckedMember(entry, _packed));
        return Guard(() => XmlReader.Create(_last, _xml));
    }

    Dictionary<string, (string Target, string Type)> Parts(string relations)
    {
        var parts = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        using var xml = Open(relations);
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" })
                continue;
            var (id, target, type) = (xml.GetAttribute("Id"), xml.GetAttribute("Target"), xml.GetAttribute("Type"));
            if (id is not null && target is not null && type is not null)
                parts[id] = (Resolve(target), type[(type.LastIndexOf('/') + 1)..]);
        }
        return parts;
    }

    /// <summary>A target is relative to the folder <c>xl</c>, or begins with a slash.</summary>
    static string Resolve(string target) =>
        target.StartsWith('/') ? target[1..]
        : target.StartsWith("../", StringComparison.Ordinal) ? target[3..]
        : "xl/" + target;

    /// <summary>The attribute <c>r:id</c>, whatever its prefix and variant.</summary>
    static string? RelationOf(XmlReader xml)
    {
        string? id = null;
        while (xml.MoveToNextAttribute())
        {
            if (xml.LocalName is "id" && xml.Prefix.Length > 0)
                id = xml.Value;
        }
        xml.MoveToElement();
        return id;
    }
}

/// <summary>One sheet of a workbook.</summary>
/// <param name="Part">The id of the relationship to its part.</param>
sealed record Sheet(string Name, string Part, bool IsVisible);

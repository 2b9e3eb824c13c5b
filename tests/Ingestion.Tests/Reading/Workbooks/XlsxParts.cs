using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace LeadScoring.Ingestion.Tests.Reading.Workbooks;

/// <summary>An .xlsx made part by part, so that each of them can be as odd as programs make them.</summary>
sealed class XlsxParts
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    readonly List<(string Name, string? State, string Rows)> _sheets = [];
    readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    string _workbookProperties = "";

    /// <summary>Styles of cells: 0 plain, 1 a date, 2 a date and time of its own code, 3 hours beyond a day, 4 a percentage.</summary>
    const string Styles = $"""
        <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>
        <cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/></cellXfs></styleSheet>
        """;

    /// <param name="rows">The XML inside of <c>sheetData</c>, and what stands behind it.</param>
    public XlsxParts Sheet(string name, string rows, string? state = null)
    {
        _sheets.Add((name, state, rows));
        return this;
    }

    public XlsxParts From1904()
    {
        _workbookProperties = "<workbookPr date1904=\"1\"/>";
        return this;
    }

    public XlsxParts Strings(params string[] items)
    {
        var all = string.Concat(items.Select(item => $"<si>{item}</si>"));
        return Part("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\" count=\"{items.Length}\">{all}</sst>");
    }

    /// <summary>Adds a part, or puts another in the place of one.</summary>
    public XlsxParts Part(string path, string xml)
    {
        _parts[path] = xml;
        return this;
    }

    /// <summary>A row of texts written in place; a null leaves its cell out.</summary>
    public static string Row(int row, params string?[] texts)
    {
        var cells = texts.Select(
            (text, at) =>
                text is null
                    ? ""
                    : $"<c r=\"{(char)('A' + at)}{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></is></c>"
        );
        return string.Create(CultureInfo.InvariantCulture, $"<row r=\"{row}\">{string.Concat(cells)}</row>");
    }

    public byte[] Bytes()
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, xml) in All())
            {
                using var part = archive.CreateEntry(path).Open();
                part.Write(Encoding.UTF8.GetBytes(xml));
            }
        }
        return packed.ToArray();
    }

    SortedDictionary<string, string> All()
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
            ["xl/workbook.xml"] =
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\">{_workbookProperties}<sheets>{string.Concat(_sheets.Select((sheet, at) => $"<sheet name=\"{sheet.Name}\" sheetId=\"{at + 1}\" r:id=\"rId{at + 1}\"{(sheet.State is null ? "" : $" state=\"{sheet.State}\"")}/>"))}</sheets></workbook>",
            ["xl/_rels/workbook.xml.rels"] =
                $"<Relationships>{string.Concat(_sheets.Select((_, at) => $"<Relationship Id=\"rId{at + 1}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{at + 1}.xml\"/>"))}<Relationship Id=\"rIdS\" Type=\"{Relations}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"rIdT\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>",
            ["xl/styles.xml"] = Styles,
        };
        for (var at = 0; at < _sheets.Count; at++)
        {
            var rows = _sheets[at].Rows;
            all[$"xl/worksheets/sheet{at + 1}.xml"] =
                $"<worksheet xmlns=\"{Main}\"><sheetData>{(rows.Contains("</sheetData>", StringComparison.Ordinal) ? rows : rows + "</sheetData>")}</worksheet>";
        }
        foreach (var (path, xml) in _parts)
            all[path] = xml;
        return all;
    }
}

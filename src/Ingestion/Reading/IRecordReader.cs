using LeadScoring.Ingestion.Sources;

namespace LeadScoring.Ingestion.Reading;

/// <summary>Goes through the records of one file, whatever its format, column by column as the source declares them.</summary>
interface IRecordReader : IDisposable
{
    /// <summary>How the file is read, for the report: <c>csv ';' utf-8 with BOM</c>.</summary>
    string Format { get; }

    /// <summary>The source's columns, with the way in which this file's values are to be read.</summary>
    IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>What is odd about the file; complete when its end is reached.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <exception cref="IngestionException">The file cannot be read to its end.</exception>
    bool Next();

    /// <summary>Line (or row, in Parquet) of the record, from 1.</summary>
    long Line { get; }

    /// <summary>How much of the file is read, 0 to 1; 0 as long as that cannot be told.</summary>
    double Share { get; }

    /// <summary>Why the record as a whole is to be rejected; null when it is sound.</summary>
    string? Problem { get; }

    /// <summary>UTF-8 text of a declared column; empty when there is no value. Valid until the next record.</summary>
    ReadOnlySpan<byte> Field(int column);

    /// <summary>The record as it stands in the file, for the rejects.</summary>
    string Text { get; }
}

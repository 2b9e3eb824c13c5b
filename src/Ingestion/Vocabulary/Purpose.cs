namespace LeadScoring.Ingestion.Vocabulary;

/// <summary>What a contact can consent to, each by itself.</summary>
public enum Purpose
{
    /// <summary>Being part of training sets and being scored.</summary>
    Profiling,

    /// <summary>Being written to.</summary>
    Marketing,

    /// <summary>Being shown to a municipality.</summary>
    Sharing,
}

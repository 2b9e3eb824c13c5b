using System.Reflection;
using System.Text.RegularExpressions;

namespace LeadScoring.Scoring.Reporting;

/// <summary>A self-contained page with place holders <c>{{name}}</c>, and the style that all reports share as <c>{{style}}</c>.</summary>
public static partial class PageTemplate
{
    /// <summary>Fills an embedded page.</summary>
    /// <param name="resource">Of the assembly; its <c>{{style}}</c> is filled from here.</param>
    /// <param name="parts">HTML by place holder; text in it is encoded already.</param>
    /// <exception cref="InvalidOperationException">The page is not embedded.</exception>
    /// <exception cref="KeyNotFoundException">A place holder has no part.</exception>
    public static string Fill(Assembly assembly, string resource, IEnumerable<(string Name, string Html)> parts)
    {
        var style = Embedded(typeof(PageTemplate).Assembly, "LeadScoring.Scoring.Reporting.page.css").TrimEnd();
        var byName = parts.Append(("style", style)).ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);
        // One pass, so that a name in the table that looks like a place holder stays what it is.
        return PlaceHolder().Replace(Embedded(assembly, resource), place => byName[place.Groups["name"].Value]);
    }

    static string Embedded(Assembly assembly, string resource)
    {
        using var stream =
            assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The page {resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceHolder();
}

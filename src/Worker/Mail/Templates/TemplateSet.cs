using LeadScoring.Funnel.FollowUps;
using LeadScoring.Funnel.Stages;

namespace LeadScoring.Worker.Mail.Templates;

/// <summary>All templates of a home: those it brings in <c>templates/</c>, and the built-in ones where it brings none.</summary>
public sealed class TemplateSet
{
    const string Folder = "templates";

    readonly Dictionary<(string Name, string Language), MailTemplate> _templates = [];

    TemplateSet() { }

    /// <summary>Names of all templates, each once, in ordinal order.</summary>
    public IReadOnlyList<string> Names =>
        [.. _templates.Keys.Select(key => key.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <exception cref="WorkerException">Everything that is wrong with the home's own templates, one line each.</exception>
    public static TemplateSet Load(string home)
    {
        var set = new TemplateSet();
        var faults = new List<string>();
        foreach (var (file, text) in BuiltIn())
            set.Add(file, text, file, faults);
        if (faults.Count > 0)
            throw new InvalidOperationException(string.Join('\n', faults));
        var own = new DirectoryInfo(Path.Combine(home, Folder));
        if (own.Exists)
        {
            foreach (var file in own.EnumerateFiles("*.md").OrderBy(file => file.Name, StringComparer.Ordinal))
                set.Add(file.Name, File.ReadAllText(file.FullName), $"{Folder}/{file.Name}", faults);
        }
        return faults.Count == 0 ? set : throw new WorkerException(string.Join('\n', faults));
    }

    /// <summary>
    /// The template for a follow-up. The contact's language comes first, then those of the policy in their order; within
    /// a language the stage's own template before that of all stages.
    /// </summary>
    /// <exception cref="WorkerException">There is none in any of these languages.</exception>
    public MailTemplate Find(Stage stage, FollowUpKind kind, string? preferred, IEnumerable<string> languages) =>
        Variants(stage, kind, set: null, preferred, languages)[0];

    /// <summary>The same with all its variants, in the language in which it was found; itself first, then by name.</summary>
    /// <param name="set">The set that the policy names, null for the usual one.</param>
    /// <exception cref="WorkerException">There is none in any of these languages.</exception>
    public IReadOnlyList<MailTemplate> Variants(
        Stage stage,
        FollowUpKind kind,
        string? set,
        string? preferred,
        IEnumerable<string> languages
    )
    {
        var order = languages.Prepend(preferred).OfType<string>().Select(language => language.ToLowerInvariant());
        var wanted = order.Distinct(StringComparer.Ordinal).ToArray();
        foreach (var language in wanted)
        foreach (var name in TemplateName.Candidates(stage, kind, set))
            if (_templates.TryGetValue((name, language), out var found))
                return [found, .. VariantsOf(found)];
        var called = set is null ? $"{stage} and {kind}" : $"{TemplateName.Candidates(stage, kind, set)[0]}";
        throw WorkerException.Of(
            Folder,
            $"no template for {called} in {string.Join(", ", wanted)}",
            $"one in any of {string.Join(", ", MailWords.Languages)}",
            "name one of these in the policy's languages, or add the template"
        );
    }

    /// <summary>The template with exactly this name in this language, null when there is none.</summary>
    public MailTemplate? Find(string name, string language) => _templates.GetValueOrDefault((name, language));

    IEnumerable<MailTemplate> VariantsOf(MailTemplate template) =>
        _templates
            .Values.Where(other =>
                other != template
                && other.Language.Equals(template.Language, StringComparison.Ordinal)
                && TemplateName.WithoutVariant(other.Name).Equals(template.Name, StringComparison.Ordinal)
            )
            .OrderBy(other => other.Name, StringComparer.Ordinal);

    void Add(string fileName, string text, string shown, List<string> faults)
    {
        var stem = Path.GetFileNameWithoutExtension(fileName);
        var dot = stem.LastIndexOf('.');
        var (name, language) = dot < 0 ? (stem, "") : (stem[..dot], stem[(dot + 1)..]);
        if (!TemplateName.IsKnown(name))
            faults.Add(
                $"{shown}: no message is called '{name}', expected STAGE.KIND or KIND with a kind of email, question, "
                    + "invitation, as in desire.question.sv.md, and a variant behind a plus; rename the file"
            );
        if (!MailWords.Languages.Contains(language, StringComparer.Ordinal))
            faults.Add(
                $"{shown}: language '{language}', expected one of {string.Join(", ", MailWords.Languages)} before .md; "
                    + "rename the file"
            );
        _templates[(name, language)] = MailTemplate.Parse(name, language, text, shown, faults);
    }

    static IEnumerable<(string File, string Text)> BuiltIn()
    {
        var prefix = $"{typeof(TemplateSet).Namespace}.";
        var assembly = typeof(TemplateSet).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (
                !resource.StartsWith(prefix, StringComparison.Ordinal)
                || !resource.EndsWith(".md", StringComparison.Ordinal)
            )
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[prefix.Length..], reader.ReadToEnd());
        }
    }
}

using System.Net;
using System.Text.RegularExpressions;

namespace LeadScoring.Worker.Tests.Access;

/// <summary>A browser without a window: keeps cookies, sends forms as their pages have them, and follows no redirect by itself.</summary>
sealed partial class Visitor : IDisposable
{
    readonly HttpClient _http;

    public Visitor(string address) =>
        _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(address) };

    public async Task<(HttpStatusCode Status, string? Location, string Page)> GetAsync(string path, string? host = null)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        using var answer = await _http.SendAsync(asked);
        return await ReadAsync(answer);
    }

    /// <summary>Fills in the form of a page and sends it to where it says.</summary>
    public async Task<(HttpStatusCode Status, string? Location, string Page)> SendAsync(
        string path,
        params (string Name, string Value)[] filled
    )
    {
        var page = (await GetAsync(path)).Page;
        var fields = Hidden()
            .Matches(page)
            .ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        foreach (var (name, value) in filled)
            fields[name] = value;
        return await PostAsync(Action().Match(page).Groups["to"].Value, [.. fields.Select(f => (f.Key, f.Value))]);
    }

    public async Task<(HttpStatusCode Status, string? Location, string Page)> PostAsync(
        string path,
        params (string Name, string Value)[] fields
    )
    {
        using var content = new FormUrlEncodedContent(
            fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))
        );
        using var answer = await _http.PostAsync(path, content);
        return await ReadAsync(answer);
    }

    public Task<(HttpStatusCode Status, string? Location, string Page)> SignInAsync(
        string name,
        string password,
        string page = "/sign-in"
    ) => SendAsync(page, ("name", name), ("password", password));

    public void Dispose() => _http.Dispose();

    static async Task<(HttpStatusCode, string?, string)> ReadAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, answer.Headers.Location?.OriginalString, await answer.Content.ReadAsStringAsync());

    [GeneratedRegex(
        "<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Hidden();

    [GeneratedRegex("<form method=\"post\" action=\"(?<to>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Action();
}

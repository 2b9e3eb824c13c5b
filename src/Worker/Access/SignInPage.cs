using LeadScoring.Worker.Mail;
using Microsoft.AspNetCore.Antiforgery;

namespace LeadScoring.Worker.Access;

/// <summary>The page on which somebody signs in and out; it works without scripts.</summary>
static class SignInPage
{
    const string Field =
        "display:block;box-sizing:border-box;width:100%;margin:4px 0 16px;padding:10px 12px;font-size:16px;"
        + "line-height:22px;border:1px solid #6b7782;border-radius:6px;";

    /// <param name="next">Where to go from there.</param>
    /// <param name="problem">Why it did not work, null at first.</param>
    public static string Ask(AntiforgeryTokenSet token, string next, string? problem) =>
        Page(
            "Sign in",
            $"""
            {(
                problem is null
                    ? ""
                    : $"<p role=\"alert\" style=\"{MailStyle.Paragraph}\"><strong>{MailStyle.Escape(problem)}</strong></p>"
            )}
            <form method="post" action="{SignIn.Path}">
            {Hidden(token.FormFieldName, token.RequestToken!)}
            {Hidden(SignIn.Next, next)}
            <label for="name">Name</label>
            <input id="name" name="name" style="{Field}" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" style="{Field}" autocomplete="current-password" required>
            {Button("Sign in")}
            </form>
            """
        );

    public static string SignedIn(AntiforgeryTokenSet token, string name) =>
        Page(
            "Signed in",
            $"""
            <p style="{MailStyle.Paragraph}">You are signed in as {MailStyle.Escape(name)}.</p>
            <form method="post" action="{SignIn.OutPath}">
            {Hidden(token.FormFieldName, token.RequestToken!)}
            {Button("Sign out")}
            </form>
            """
        );

    public static string Refused(string words) =>
        Page("Not for you", $"<p style=\"{MailStyle.Paragraph}\">{MailStyle.Escape(words)}</p>");

    static string Hidden(string name, string value) =>
        $"<input type=\"hidden\" name=\"{MailStyle.Escape(name)}\" value=\"{MailStyle.Escape(value)}\">";

    static string Button(string label) =>
        $"<button class=\"button\" type=\"submit\" style=\"{MailStyle.Button}{MailStyle.Font}cursor:pointer;\">{MailStyle.Escape(label)}</button>";

    static string Page(string title, string content) =>
        $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="robots" content="noindex">
            <title>leads: {MailStyle.Escape(title)}</title>
            <style>
            {MailStyle.Sheet}
            </style>
            </head>
            <body class="ground" style="margin:0;padding:24px 12px;background-color:#eef1f3;{MailStyle.Font}">
            <main class="sheet pad" style="max-width:400px;margin:0 auto;padding:32px 36px;background-color:#ffffff;color:#1d2730;">
            <h1 style="{MailStyle.Heading}">{MailStyle.Escape(title)}</h1>
            {content.Trim()}
            </main>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
}

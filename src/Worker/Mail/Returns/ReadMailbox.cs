using System.Security.Cryptography;
using LeadScoring.Worker.Mail.Answers;
using MimeKit;

namespace LeadScoring.Worker.Mail.Returns;

/// <param name="Strange">Messages that say nothing we can believe; they are left to a person.</param>
/// <param name="Unreadable">Files that are no messages.</param>
public readonly record struct MailboxFigures(int Hard, int Soft, int Complaints, int Stops, int Strange, int Unreadable)
{
    internal MailboxFigures With(ReturnKind kind) =>
        kind switch
        {
            ReturnKind.Hard => this with { Hard = Hard + 1 },
            ReturnKind.Soft => this with { Soft = Soft + 1 },
            ReturnKind.Complaint => this with { Complaints = Complaints + 1 },
            ReturnKind.Stop => this with { Stops = Stops + 1 },
        };
}

/// <summary>Reads what has come back into a mailbox on disk: a Maildir, or a folder of <c>.eml</c> files.</summary>
/// <remarks>
/// A message is noted first and moved away afterwards, and known again by its content: a run that dies in between reads
/// it once more and changes nothing. In a Maildir read messages go to <c>cur/</c> marked as seen, otherwise to <c>read/</c>.
/// </remarks>
public sealed class ReadMailbox(ReadReturn reader, ReturnLedger ledger, StopList stops)
{
    public MailboxFigures Run(string folder, CancellationToken cancellation)
    {
        var figures = new MailboxFigures();
        var isMaildir = IsMaildir(folder);
        foreach (var file in FilesIn(folder).OrderBy(file => file.Name, StringComparer.Ordinal).ToList())
        {
            cancellation.ThrowIfCancellationRequested();
            figures = Read(file, figures);
            MoveAway(file, folder, isMaildir);
        }
        return figures;
    }

    /// <summary>Whether a mailbox has anything to read.</summary>
    public static bool IsAnyIn(string folder) => FilesIn(folder).Any();

    static bool IsMaildir(string folder) => Directory.Exists(Path.Combine(folder, "new"));

    static IEnumerable<FileInfo> FilesIn(string folder)
    {
        var isMaildir = IsMaildir(folder);
        var inbox = new DirectoryInfo(isMaildir ? Path.Combine(folder, "new") : folder);
        return inbox.Exists ? inbox.EnumerateFiles(isMaildir ? "*" : "*.eml") : [];
    }

    MailboxFigures Read(FileInfo file, MailboxFigures figures)
    {
        var bytes = File.ReadAllBytes(file.FullName);
        MimeMessage message;
        try
        {
            using var stream = new MemoryStream(bytes);
            message = MimeMessage.Load(stream);
        }
        catch (FormatException)
        {
            return figures with { Unreadable = figures.Unreadable + 1 };
        }
        using (message)
        {
            if (reader.Of(message) is not { } returned)
                return figures with { Strange = figures.Strange + 1 };
            // The stop before the note: when it dies in between, the message is read and the stop given again.
            if (returned is { Claim: { } claim, Kind: ReturnKind.Complaint or ReturnKind.Stop })
                stops.Stop(claim.Contact, returned.Kind == ReturnKind.Stop ? StopWay.Address : StopWay.Complaint);
            return ledger.Note(Convert.ToHexStringLower(SHA256.HashData(bytes)), returned)
                ? figures.With(returned.Kind)
                : figures;
        }
    }

    static void MoveAway(FileInfo file, string folder, bool isMaildir)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, isMaildir ? "cur" : "read"));
        var name = isMaildir ? $"{file.Name.Split(':')[0]}:2,S" : file.Name;
        file.MoveTo(Path.Combine(target.FullName, name), overwrite: true);
    }
}

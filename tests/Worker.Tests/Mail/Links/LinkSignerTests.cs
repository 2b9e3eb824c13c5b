using System.Buffers.Text;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LeadScoring.Ingestion.Vocabulary;
using LeadScoring.Worker.Mail.Links;

namespace LeadScoring.Worker.Tests.Mail.Links;

public sealed class LinkSignerTests
{
    static readonly LinkSigner Signer = new(SampleMail.Secret);

    static readonly LinkClaim Claim = new(
        Answer.Maybe,
        new ContactId("c000006"),
        "c000006/Interest/2026-03-01/Question/2",
        2510,
        "sv",
        new DateOnly(2026, 5, 31)
    );

    [Test]
    public void A_token_says_what_was_signed_whatever_the_ids_hold() =>
        Prop.ForAll<NonNull<string>, NonNull<string>, bool>(
                (contact, key, begins) =>
                {
                    // UTF-8 has no lone surrogates.
                    var id = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(contact.Get));
                    var rest = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(key.Get));
                    var claim = Claim with { Contact = new ContactId(id), FollowUp = begins ? id + rest : rest };
                    return Signer.Read(Signer.Token(claim)) == claim || Signer.Token(claim).Length > 2048;
                }
            )
            .QuickCheckThrowOnFailure();

    [Test]
    public void A_token_with_one_bit_changed_is_refused()
    {
        var bytes = Base64Url.DecodeFromChars(Signer.Token(Claim));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.That(Signer.Read(Base64Url.EncodeToString(changed)), Is.Null);
        }
    }

    [TestCase("")]
    [TestCase("a")]
    [TestCase("not a token")]
    [TestCase("AAAA")]
    public void What_is_no_token_is_refused(string token) => Assert.That(Signer.Read(token), Is.Null);

    [Test]
    public void Every_shortened_token_is_refused()
    {
        var token = Signer.Token(Claim);
        for (var length = 0; length < token.Length; length++)
            Assert.That(Signer.Read(token[..length]), Is.Null);
    }

    [Test]
    public void Another_homes_secret_reads_nothing() =>
        Assert.That(new LinkSigner(new LinkSecret(new byte[32])).Read(Signer.Token(Claim)), Is.Null);

    [Test]
    public void Nobody_reads_the_contact_or_the_answer_from_it()
    {
        var bytes = Base64Url.DecodeFromChars(Signer.Token(Claim));
        Assert.That(Encoding.Latin1.GetString(bytes), Does.Not.Contain("c000006").And.Not.Contain("Interest"));
        // Four answers of one message have nothing in common that tells which is which.
        var tokens = Enum.GetValues<Answer>().Select(answer => Signer.Token(Claim with { Answer = answer }));
        Assert.That(tokens.Select(token => token[..8]).Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public void The_same_claim_gives_the_same_link() =>
        Assert.That(Signer.Token(Claim), Is.EqualTo(new LinkSigner(SampleMail.Secret).Token(Claim)));

    [Test]
    public void A_secret_is_made_once_and_kept_from_others()
    {
        using var home = new TemporaryHome();
        var tokens = new string[8];
        Parallel.For(0, 8, i => tokens[i] = new LinkSigner(LinkSecret.Of(home.Path)).Token(Claim));
        Assert.That(tokens.Distinct().Count(), Is.EqualTo(1));
        Assert.That(Directory.GetFiles(home.File("mail")), Has.Length.EqualTo(1));
        if (!OperatingSystem.IsWindows())
            Assert.That(
                File.GetUnixFileMode(home.File("mail", "key")),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite)
            );
    }

    [Test]
    public void A_damaged_secret_is_told()
    {
        using var home = new TemporaryHome();
        Directory.CreateDirectory(home.File("mail"));
        File.WriteAllText(home.File("mail", "key"), "abc\n");
        Assert.That(
            () => LinkSecret.Of(home.Path),
            Throws.TypeOf<WorkerException>().With.Message.Contains("3 characters, expected 64 hex digits")
        );
    }

    [Test]
    public void A_message_is_known_by_its_name_and_a_made_up_name_is_not()
    {
        var name = MessageName.Of("a/b/1", SampleMail.Secret);
        Assert.That(MessageName.Find($"<{name}@example.org>", SampleMail.Secret), Is.EqualTo(name));
        Assert.That(MessageName.Find($"bounces+{name}@example.org", SampleMail.Secret), Is.EqualTo(name));
        Assert.That(MessageName.Find(new string('a', 32), SampleMail.Secret), Is.Null);
        Assert.That(MessageName.Of("a/b/2", SampleMail.Secret), Is.Not.EqualTo(name));
    }
}

using System.Text;
using LeadScoring.Ingestion.Reading;

namespace LeadScoring.Ingestion.Tests.Reading;

public sealed class TextEncodingTests
{
    string _file = "";

    [SetUp]
    public void Name_a_file() => _file = Path.GetTempFileName();

    [TearDown]
    public void Remove_it() => File.Delete(_file);

    // The buffer is one mebibyte: characters of two, three and four bytes are laid across its end.
    [Test]
    public void Characters_across_the_buffer_s_end_are_whole(
        [Values("å", "日", "😀")] string character,
        [Range(0, 4)] int shift
    )
    {
        var text = new string('a', (1 << 20) - shift) + character + "\n";

        Assert.That(Detect(Encoding.UTF8.GetBytes(text)), Is.EqualTo(("utf-8", 0, false)));
    }

    [Test]
    public void A_file_that_ends_inside_a_character_has_bad_bytes()
    {
        var bytes = Encoding.UTF8.GetBytes("blåbär är gott å");

        Assert.That(Detect(bytes[..^1]), Is.EqualTo(("utf-8, damaged in places", 0, true)));
    }

    [Test]
    public void A_late_byte_of_latin_1_makes_the_file_latin_1()
    {
        var bytes = Encoding.ASCII.GetBytes(new string('a', 3 << 20)).Append((byte)0xE5).Append((byte)'\n').ToArray();

        Assert.That(Detect(bytes), Is.EqualTo(("latin-1", 0, false)));
    }

    [Test]
    public void A_few_NULs_do_not_make_a_text_wide()
    {
        Assert.That(Detect("a,b\0,c\n1,2,3\n"u8.ToArray()).Name, Is.EqualTo("ascii"));
    }

    (string Name, int Bom, bool Bad) Detect(byte[] content)
    {
        File.WriteAllBytes(_file, content);
        var found = TextEncoding.Detect(_file, CancellationToken.None);
        return (found.Name, found.BomLength, found.HasBadBytes);
    }
}

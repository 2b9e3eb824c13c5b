using System.Text;
using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public class WordsTests
{
    [Test]
    public void Every_word_has_its_text_and_level_however_many_there_are()
    {
        // more words than are held at once, two rounds of them
        string[] all =
        [
            .. Enumerable.Range(0, 2000).Select(number => $"w{number}"),
            "å",
            "ä",
            "sv",
            "vs",
            "s",
            "a word of many letters",
            "sevenåå",
        ];
        var levels = all.Index().Where(word => word.Index % 3 != 0).ToDictionary(w => w.Item, w => w.Index);
        var words = new Words(levels);
        for (var round = 0; round < 2; round++)
        {
            foreach (var text in all)
            {
                var expected = levels.TryGetValue(text, out var level) ? level : float.NaN;
                Assert.That(words.Of(Encoding.UTF8.GetBytes(text)), Is.EqualTo(new Word(text, expected)));
            }
        }
    }

    [Test]
    public void A_word_at_hand_is_made_once()
    {
        var words = new Words([]);
        var first = words.Of("SE"u8);
        Assert.That(words.Of("SE"u8), Is.SameAs(first));
    }

    [Test]
    public void Nothing_is_no_word() => Assert.That(new Words([]).Of([]), Is.Null);
}

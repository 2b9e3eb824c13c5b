using LeadScoring.Ingestion;
using LeadScoring.Worker.Exports;

namespace LeadScoring.Worker.Tests.Exports;

public sealed class WithoutErasedTests
{
    readonly TemporaryHome _home = new();

    [OneTimeTearDown]
    public void Remove_the_home() => _home.Dispose();

    [Test]
    public void Of_a_list_only_the_lines_go_whose_second_column_is_the_contact()
    {
        Directory.CreateDirectory(_home.File("inbox"));
        EraseContacts.Run(_home.Path, ["2", "a,b", "-x"]);
        const string List =
            "\uFEFFrank,contact,reason_1\r\n1,7,\"two\r\nlines, 2\"\r\n2,2,x\r\n3,\"a,b\",y\r\n4,'-x,z\r\n5,22,2\r\n";
        File.WriteAllText(_home.File("list.csv"), List);

        var gone = WithoutErased.Csv(_home.File("list.csv"), _home.File("after.csv"), ErasedContacts.Of(_home.Path));

        Assert.That(gone, Is.EqualTo(3));
        Assert.That(
            File.ReadAllBytes(_home.File("after.csv")),
            Is.EqualTo(
                System.Text.Encoding.UTF8.GetBytes(
                    "\uFEFFrank,contact,reason_1\r\n1,7,\"two\r\nlines, 2\"\r\n5,22,2\r\n"
                )
            )
        );
    }
}

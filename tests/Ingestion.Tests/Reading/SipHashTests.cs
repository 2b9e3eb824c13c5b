using System.Buffers.Binary;
using LeadScoring.Ingestion.Reading;

namespace LeadScoring.Ingestion.Tests.Reading;

public sealed class SipHashTests
{
    // The authors' test vectors: key 00 01 … 0f, messages of 0, 1, 2 … bytes 00 01 02 …, bytes in the order of output.
    [TestCase(0, "a3817f04ba25a8e66df67214c7550293")]
    [TestCase(1, "da87c1d86b99af44347659119b22fc45")]
    [TestCase(2, "8177228da4a45dc7fca38bdef60affe4")]
    [TestCase(3, "9c70b60c5267a94e5f33b6b02985ed51")]
    [TestCase(7, "a1f1ebbed8dbc153c0b84aa61ff08239")]
    [TestCase(8, "3b62a9ba6258f5610f83e264f31497b4")]
    [TestCase(15, "5493e99933b0a8117e08ec0f97cfc3d9")]
    public void The_authors_vectors_come_out(int length, string expected)
    {
        byte[] key = [.. Enumerable.Range(0, SipHash.KeyBytes).Select(value => (byte)value)];
        byte[] message = [.. Enumerable.Range(0, length).Select(value => (byte)value)];
        var (high, low) = new SipHash(key).Hash(message);
        var output = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(output, high);
        BinaryPrimitives.WriteUInt64LittleEndian(output.AsSpan(8), low);
        Assert.That(Convert.ToHexStringLower(output), Is.EqualTo(expected));
    }
}

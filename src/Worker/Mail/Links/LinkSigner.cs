using System.Buffers.Text;
using System.Security.Cryptography;

namespace LeadScoring.Worker.Mail.Links;

/// <summary>Turns claims into tokens for links and back: unreadable without the secret, and refused when one bit differs.</summary>
/// <remarks>
/// token = base64url(iv | AES-256-CBC(claim) | HMAC-SHA256(iv | ciphertext)). The iv is an HMAC of the claim, so that the
/// same claim always gives the same link and a message that is made twice is the same twice. The tag is compared in
/// constant time and before anything is decrypted.
/// </remarks>
public sealed class LinkSigner
{
    const int Block = 16;
    const int Tag = 32;
    const int LongestToken = 2048;

    readonly byte[] _encryption;
    readonly byte[] _iv;
    readonly byte[] _signature;

    public LinkSigner(LinkSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _encryption = secret.KeyFor("link encryption");
        _iv = secret.KeyFor("link iv");
        _signature = secret.KeyFor("link signature");
    }

    public string Token(LinkClaim claim)
    {
        var plain = claim.Bytes();
        var iv = HMACSHA256.HashData(_iv, plain)[..Block];
        using var aes = Cipher();
        byte[] sealedClaim = [.. iv, .. aes.EncryptCbc(plain, iv)];
        return Base64Url.EncodeToString([.. sealedClaim, .. HMACSHA256.HashData(_signature, sealedClaim)]);
    }

    /// <summary>What a token says; null when it was not made with this secret or has been changed.</summary>
    public LinkClaim? Read(string token)
    {
        if (token.Length > LongestToken || !Base64Url.IsValid(token))
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < Block + Block + Tag)
            return null;
        var signed = bytes.AsSpan(..^Tag);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_signature, signed), bytes.AsSpan(^Tag..)))
            return null;
        // Base64 leaves bits of its last character unused; a token has one spelling.
        if (!string.Equals(Base64Url.EncodeToString(bytes), token, StringComparison.Ordinal))
            return null;
        using var aes = Cipher();
        return LinkClaim.Of(aes.DecryptCbc(signed[Block..], signed[..Block]));
    }

    Aes Cipher()
    {
        var aes = Aes.Create();
        aes.Key = _encryption;
        return aes;
    }
}

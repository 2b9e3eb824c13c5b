using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LeadScoring.Ingestion.Machines;

/// <summary>Writes lists of machines as one regular expression each, which the engine goes through a text with once.</summary>
static class MachinePatterns
{
    /// <summary>Fits no text, whatever it is.</summary>
    const string Nothing = "[^\\s\\S]";

    const int Digits = 32;
    const int BitsOfDigit = 4;

    /// <summary>Fits user agents.</summary>
    public static string Of(IReadOnlyCollection<MachineAgent> agents) =>
        agents.Count == 0
            ? Nothing
            : "(?i)" + string.Join('|', agents.Select(agent => agent.IsWhole ? $"^{Escaped(agent)}$" : Escaped(agent)));

    /// <summary>Fits addresses as <c>address_digits</c> writes them: 32 hexadecimal digits, IPv4 ones mapped to IPv6.</summary>
    public static string Of(IReadOnlyCollection<IPNetwork> networks) =>
        networks.Count == 0 ? Nothing : $"^(?:{string.Join('|', networks.Select(Prefix))})";

    /// <summary>The digits that all addresses of a network begin with, and those that its next one may be.</summary>
    static string Prefix(IPNetwork network)
    {
        var isMapped = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        var digits = Convert.ToHexStringLower(network.BaseAddress.MapToIPv6().GetAddressBytes());
        var bits = network.PrefixLength + (isMapped ? (Digits * BitsOfDigit) - 32 : 0);
        var (whole, rest) = Math.DivRem(bits, BitsOfDigit);
        if (rest == 0)
            return digits[..whole];
        var first = int.Parse(digits.AsSpan(whole, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var next = Enumerable.Range(first, 1 << (BitsOfDigit - rest)).Select(digit => $"{digit:x}");
        return $"{digits[..whole]}[{string.Concat(next)}]";
    }

    // Regex.Escape writes escapes that the engine does not know
    static string Escaped(MachineAgent agent)
    {
        var escaped = new StringBuilder();
        foreach (var sign in agent.Text)
        {
            if (char.IsAscii(sign) && !char.IsAsciiLetterOrDigit(sign))
                escaped.Append('\\');
            escaped.Append(sign);
        }
        return escaped.ToString();
    }
}

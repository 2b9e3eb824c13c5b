using LeadScoring.Ingestion.Machines;

namespace LeadScoring.Ingestion.Tests.Machines;

public sealed class MachineRulesTests
{
    const string Chrome =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36";

    TestHome _home = null!;

    [SetUp]
    public void Make_a_home() => _home = new TestHome();

    [TearDown]
    public void Remove_it() => _home.Dispose();

    [TestCase("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", true)]
    [TestCase("YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html", true)]
    [TestCase("Barracuda Sentinel (EE)", true)]
    [TestCase("Mozilla/5.0", true)]
    [TestCase("MOZILLA/5.0", true)]
    [TestCase("Mozilla/5.0 ", false)]
    [TestCase(Chrome, false)]
    [TestCase("Mozilla/5.0 (Windows NT 6.1) AppleWebKit/534 (KHTML, like Gecko) BingPreview/1.0b", true)]
    [TestCase("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", true)]
    [TestCase("Mozilla/5.0 (Linux; Android 10; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/124.0 Safari/537.36", false)]
    [TestCase("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0", true)]
    [TestCase("curl/8.5.0", true)]
    [TestCase("python-requests/2.31", true)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void User_agents(string? agent, bool isMachine) =>
        Assert.That(Says("is_machine($1)", agent), Is.EqualTo(isMachine));

    // 17.0.0.0/8, 66.249.64.0/19 (to 66.249.95.255), 64.235.144.0/20 (to .159), 209.222.80.0/21 (to .87), 2620:149::/32
    [TestCase("17.0.0.0", true)]
    [TestCase("17.255.255.255", true)]
    [TestCase("16.255.255.255", false)]
    [TestCase("18.0.0.0", false)]
    [TestCase("66.249.63.255", false)]
    [TestCase("66.249.64.0", true)]
    [TestCase("66.249.95.255", true)]
    [TestCase("66.249.96.0", false)]
    [TestCase("64.235.143.255", false)]
    [TestCase("64.235.144.0", true)]
    [TestCase("64.235.159.255", true)]
    [TestCase("64.235.160.0", false)]
    [TestCase("209.222.87.1", true)]
    [TestCase("209.222.88.1", false)]
    [TestCase("2620:149::1", true)]
    [TestCase("2620:0149:0000:0000:0000:0000:0000:0001", true)]
    [TestCase("2620:149:ffff:ffff:ffff:ffff:ffff:ffff", true)]
    [TestCase("2620:14a::1", false)]
    [TestCase("2620::149", false, Description = "zeros stand between")]
    [TestCase("2A01:B740::", true)]
    [TestCase("::ffff:17.1.2.3", true)]
    [TestCase("::FFFF:1101:203", true)]
    [TestCase("::ffff:18.1.2.3", false)]
    [TestCase("0:0:0:0:0:ffff:17.1.2.3", true)]
    [TestCase("::17.1.2.3", false, Description = "not a mapped one")]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("17.1.2", false)]
    [TestCase("17.1.2.256", false)]
    [TestCase("17.1.2.3.4", false)]
    [TestCase("17.1.2.3, 192.0.2.1", false)]
    [TestCase("2620:149:::1", false)]
    [TestCase("2620:149:1:2:3:4:5:6:7", false)]
    [TestCase("2620:149:12345::", false)]
    [TestCase("somewhere", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void Addresses(string? address, bool isMachine) =>
        Assert.That(Says("is_machine_address($1)", address), Is.EqualTo(isMachine));

    [TestCase("2025-03-01 08:00:00", "2025-03-01 08:00:00", true)]
    [TestCase("2025-03-01 08:00:00", "2025-03-01 08:00:02", true)]
    [TestCase("2025-03-01 08:00:00", "2025-03-01 08:00:02.001", false)]
    [TestCase("2025-03-01 08:00:00", "2025-03-01 07:59:59", false)]
    [TestCase(null, "2025-03-01 07:59:59", false)]
    public void Clicks(string? sent, string clicked, bool isMachine) =>
        Assert.That(Says("is_machine_click($1::timestamp, $2::timestamp)", sent, clicked), Is.EqualTo(isMachine));

    [Test]
    public void A_home_adds_takes_out_and_overrides()
    {
        Own(
            """
            {
              "agents": [{ "has": "House Scanner (v2)", "note": "our own" }],
              "withoutAgents": ["curl/"],
              "networks": [{ "range": "192.0.2.64/26" }, { "range": "2001:db8:8000::/33" }],
              "withoutNetworks": ["17.0.0.0/8"],
              "clicks": { "seconds": 0.5 },
            }
            """
        );
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Says("is_machine($1)", "the HOUSE SCANNER (V2) again"));
            Assert.That(Says("is_machine($1)", "House-Schanner v2"), Is.False, "signs are no patterns");
            Assert.That(Says("is_machine($1)", "wget/1"));
            Assert.That(Says("is_machine($1)", "curl/8.5.0"), Is.False);
            Assert.That(Says("is_machine_address($1)", "192.0.2.127"));
            Assert.That(Says("is_machine_address($1)", "192.0.2.128"), Is.False);
            Assert.That(Says("is_machine_address($1)", "2001:db8:ffff::1"));
            Assert.That(Says("is_machine_address($1)", "2001:db8:7fff::1"), Is.False);
            Assert.That(Says("is_machine_address($1)", "17.1.2.3"), Is.False);
            Assert.That(Says("is_machine_address($1)", "2620:149::1"));
            var clicks = MachineRules.Load(_home.Folder).Clicks;
            Assert.That((clicks.Seconds, clicks.Burst, clicks.Window), Is.EqualTo((0.5, 3, 500_000)));
            Assert.That(clicks.Kinds, Is.EqualTo(["email_click"]));
        }
    }

    [Test]
    public void A_home_may_do_without_the_built_in_ones()
    {
        Own("""{ "builtIn": false, "agents": [{ "is": "ours" }] }""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Says("is_machine($1)", "Ours"));
            Assert.That(Says("is_machine($1)", "ours too"), Is.False);
            Assert.That(Says("is_machine($1)", "curl/8.5.0"), Is.False);
            Assert.That(Says("is_machine($1)", ""), Is.False);
            Assert.That(Says("is_machine_address($1)", "17.1.2.3"), Is.False);
        }
    }

    [Test]
    public void All_that_is_wrong_with_a_home_s_file_is_told_at_once_with_its_line()
    {
        Own(
            """
            {
              "agent": [],
              "agents": [
                { "has": "ab" },
                { "has": "one", "is": "other" },
                { "hase": "one" }
              ],
              "networks": [{ "range": "17.1.2.3/8" }, { "range": "17.0.0.0/40" }, {}, { "range": "0.0.0.0/0" }],
              "withoutAgents": ["baracuda"],
              "clicks": { "seconds": 61, "burst": 1 },
              "builtIn": "no",
              "builtIn": true
            }
            """
        );
        var error = Assert.Throws<IngestionException>(() => Ingestion.Ingest.Run(_home.Folder))!;
        Assert.That(
            error
                .Message.Split('\n')
                .Select(line => line.Trim().Replace("sources/machines.json ", "", StringComparison.Ordinal)),
            Is.EqualTo([
                "14 errors in the sources:",
                "line 2: found field 'agent', expected one of builtIn, agents, withoutAgents, networks, withoutNetworks, clicks (did you mean 'agents'?)",
                "line 4: found 'ab', expected at least three signs, as fewer are in anybody's user agent",
                "line 5: found an agent with both or neither, expected either has or is",
                "line 6: found field 'hase', expected one of has, is, note (did you mean 'has'?)",
                "line 6: found an agent with both or neither, expected either has or is",
                "line 8: found '17.1.2.3/8', expected a network such as 192.0.2.0/24 or 2001:db8::/32 (did you mean '17.0.0.0/8'?)",
                "line 8: found '17.0.0.0/40', expected a network such as 192.0.2.0/24 or 2001:db8::/32",
                "line 8: found a network without a range, expected one such as 192.0.2.0/24 or 2001:db8::/32",
                "line 8: found '0.0.0.0/0', expected a network of at least 8 bits, or it is everybody's",
                "line 9: found 'baracuda', expected one of the built-in ones (did you mean 'barracuda'?)",
                "line 10: found 61, expected a number of seconds from 0 (never) to 60",
                "line 10: found 1, expected a whole number of clicks from 2 to 1000, or 0 (never)",
                "line 11: found 'no', expected true or false",
                "line 12: found field 'builtIn' twice, expected it once",
            ])
        );
    }

    [Test]
    public void What_is_no_JSON_is_told_with_its_line()
    {
        Own("{\n  \"agents\": [\n");
        Assert.That(
            Assert.Throws<IngestionException>(() => MachineRules.Load(_home.Folder))!.Message,
            Does.Contain("sources/machines.json line 3: found no JSON")
        );
    }

    void Own(string text) => _home.WithSource("machines.json", text);

    /// <summary>What an ingest of the home would say.</summary>
    bool Says(string expression, params string?[] texts)
    {
        using var staging = Staging.Open(LakeLayout.Of(_home.Folder), "salt", new IngestOptions());
        MachineRules.Load(_home.Folder).Teach(staging.Connection);
        return staging.Connection.Scalar<bool>(expression, $"select {expression}", [.. texts]);
    }
}

using LeadScoring.Synthetic;

namespace LeadScoring.EndToEnd.Tests.Jobs;

/// <summary>A home whose inbox is a synthetic world, with the reference model, in which a message may go at any hour.</summary>
static class WorldHome
{
    /// <summary>What is planned for a past day is due now: no closed hours, no caps that make it wait, late by a year at most.</summary>
    const string Policy = """
        {
          "quietHours": { "from": "00:00", "to": "00:00" },
          "holidays": { "public": false, "eves": false, "weekends": false },
          "caps": {
            "contact": { "per24h": 100, "per7d": 100, "per30d": 100 },
            "household": { "per24h": 100, "per7d": 100, "per30d": 100 }
          },
          "weeklyLimits": { "email": 100000, "call": 100000, "invitation": 100000, "question": 100000 },
          "late": { "days": 365 }
        }
        """;

    public static SampleHome Make(SyntheticOptions world)
    {
        var home = SampleHome.Bare();
        SyntheticWorld.Write(world, home.Path);
        foreach (var folder in (string[])["policies", "models"])
            SampleHome.Copy(
                Path.Combine(SampleHome.Repository, folder is "models" ? folder : Path.Combine("data-samples", folder)),
                Path.Combine(home.Path, folder)
            );
        foreach (var file in (string[])["leads.json", "salt"])
            File.Copy(Path.Combine(SampleHome.Repository, "data-samples", file), Path.Combine(home.Path, file));
        File.WriteAllText(Path.Combine(home.Path, "policies", "default.json"), Policy);
        return home;
    }
}

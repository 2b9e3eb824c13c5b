namespace LeadScoring.Synthetic.People;

/// <summary>Where a household lives; <c>Paperwork</c> slows its move without changing what its members read.</summary>
sealed record Country(string Code, string[] Languages, double Share, double Paperwork)
{
    // The proxy effect: British households need a residence permit, Finns move freely and close by. Nothing else
    // about a person depends on the country, so a model that uses it learns the paperwork and an audit finds it.
    public static Country[] All { get; } =
    [
        new("DE", ["de", "de", "de", "de", "en"], 27, 1.0),
        new("NL", ["nl", "nl", "nl", "en"], 22, 1.0),
        new("SE", ["sv", "sv", "sv", "sv", "sv", "en"], 18, 1.15),
        new("GB", ["en"], 13, 0.22),
        new("FI", ["fi", "fi", "fi", "sv"], 9, 1.5),
        new("FR", ["fr", "fr", "en"], 6, 1.0),
        new("BE", ["nl", "fr"], 3, 1.0),
        new("CH", ["de", "de", "fr"], 2, 0.8),
    ];

    public static double[] Shares { get; } = [.. All.Select(country => country.Share)];
}

/// <summary>What kind of life a household leads; decides the middle of its drivers.</summary>
enum Archetype
{
    Traveller,
    Family,
    Career,
    QuietSeeker,
}

/// <summary>The five latent drivers and the two interests that draw readers but no movers, each in [0, 1].</summary>
readonly record struct Drivers(
    double Nature,
    double Housing,
    double Jobs,
    double Family,
    double Quiet,
    double Travel,
    double Culture
)
{
    public double this[Theme theme] =>
        theme switch
        {
            Theme.Nature => Nature,
            Theme.Housing => Housing,
            Theme.Jobs => Jobs,
            Theme.Family => Family,
            Theme.Quiet => Quiet,
            Theme.Travel => Travel,
            Theme.Culture => Culture,
        };
}

/// <summary>One or two register contacts who decide together; the intent to move is the household's, the traces are a person's.</summary>
sealed record Household(
    long Key,
    int Members,
    Country Country,
    Archetype Archetype,
    Drivers Drivers,
    int Size,
    int Age,
    bool Dreamer,
    double Push,
    double Bond,
    int Preferred
)
{
    const double PairShare = 0.14;

    public string Id => $"h{Key:D6}";

    /// <summary>The household of a pair of neighbouring contact numbers (2k, 2k + 1), or of one of the two when they live apart.</summary>
    public static Household Of(ulong seed, int contact)
    {
        var together = Chance.For(seed, Purpose.Household, -1 - contact / 2).Happens(PairShare);
        var key = together ? contact & ~1 : contact;
        return Draw(Chance.For(seed, Purpose.Household, key), key, together ? 2 : 1);
    }

    static Household Draw(Chance chance, long key, int members)
    {
        var country = Country.All[chance.Pick(Country.Shares)];
        var archetype =
            members == 2 && chance.Happens(0.5) ? Archetype.Family : (Archetype)chance.Pick([40, 20, 20, 20]);
        var (size, age) = archetype switch
        {
            Archetype.Traveller => (chance.Between(1, 3), chance.Between(24, 75)),
            Archetype.Family => (chance.Between(3, 5), chance.Between(29, 48)),
            Archetype.Career => (chance.Between(1, 2), chance.Between(22, 45)),
            Archetype.QuietSeeker => (chance.Between(1, 2), chance.Between(40, 72)),
        };
        return new(
            key,
            members,
            country,
            archetype,
            DriversOf(archetype, chance),
            Math.Max(size, members),
            age,
            chance.Happens(0.12),
            chance.Normal(0, 0.7),
            chance.Unit(),
            Places.Preferred(chance)
        );
    }

    static Drivers DriversOf(Archetype archetype, Chance chance)
    {
        double Around(double middle) => Math.Clamp(chance.Normal(middle, 0.2), 0, 1);
        return archetype switch
        {
            Archetype.Traveller => new(
                Around(.7),
                Around(.2),
                Around(.2),
                Around(.2),
                Around(.4),
                Around(.85),
                Around(.6)
            ),
            Archetype.Family => new(
                Around(.5),
                Around(.65),
                Around(.45),
                Around(.8),
                Around(.4),
                Around(.45),
                Around(.3)
            ),
            Archetype.Career => new(
                Around(.5),
                Around(.45),
                Around(.8),
                Around(.2),
                Around(.2),
                Around(.5),
                Around(.4)
            ),
            Archetype.QuietSeeker => new(
                Around(.7),
                Around(.55),
                Around(.2),
                Around(.2),
                Around(.8),
                Around(.4),
                Around(.4)
            ),
        };
    }
}

namespace LeadScoring.Synthetic.Traces;

/// <summary>A fair that really takes place in the world: its first day and how many days it lasts.</summary>
readonly record struct Fair(string Name, string Country, int Day, int Length)
{
    static readonly (string Name, string Land, int Month, int Day, int Length)[] Yearly =
    [
        ("Vakantiemarkt Utrecht", "NL", 1, 10, 4),
        ("Reisemarkt Stuttgart", "DE", 1, 18, 6),
        ("Matkamessut Helsinki", "FI", 1, 17, 3),
        ("Emigratiebeurs Houten", "NL", 2, 8, 2),
        ("Nordlandtage Hamburg", "DE", 2, 14, 3),
        ("Salon du Nord Lyon", "FR", 3, 8, 3),
        ("Auswandertage Berlin", "DE", 9, 20, 2),
        ("Flyttmässan Stockholm", "SE", 10, 4, 2),
        ("Living Abroad London", "GB", 10, 12, 2),
        ("Framtidsmässan Göteborg", "SE", 3, 20, 2),
    ];

    /// <summary>All fairs whose whole length lies in the world, visited by people of a country, in time order.</summary>
    public static IReadOnlyList<Fair> In(Calendar calendar, string country)
    {
        var land = country switch
        {
            "BE" => "NL",
            "CH" => "DE",
            _ => country,
        };
        var fairs = new List<Fair>();
        for (var year = calendar.Start.Year; year <= calendar.End.Year; year++)
        {
            foreach (var fair in Yearly.Where(fair => string.Equals(fair.Land, land, StringComparison.Ordinal)))
            {
                var day = calendar.Day(new DateOnly(year, fair.Month, fair.Day));
                if (day >= 0 && day + fair.Length <= calendar.Days)
                    fairs.Add(new(fair.Name, fair.Land, day, fair.Length));
            }
        }
        return [.. fairs.OrderBy(fair => fair.Day)];
    }
}

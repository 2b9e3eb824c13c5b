using LeadScoring.Worker.Store;

namespace LeadScoring.Worker.Tests.Store;

/// <summary>How the embedded store goes about its statements; a server plans by what its tables hold.</summary>
public class QueryPlanTests
{
    /// <summary>With a hundred thousand planned, a statement for one contact must not go through all of them.</summary>
    [TestCase("lapse_calls")]
    [TestCase("lapse_follow_ups")]
    [TestCase("follow_ups_planned_for")]
    public void What_is_planned_for_a_contact_is_found_by_the_contact(string statement)
    {
        using var home = new StoreHome(StoreKind.Sqlite);
        LeadStore.Open(home.Path).Dispose();
        using var connection = home.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "explain query plan " + StoreSql.Of("sqlite", statement);
        foreach (var name in (string[])["@contact", "@kind"])
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, "x");
            command.Parameters.Add(parameter);
        }
        using var plan = command.ExecuteReader();
        Assert.That(plan.Read());
        Assert.That(plan.GetString(3), Does.Contain("follow_ups_by_contact (contact=? AND state=?)"));
    }
}

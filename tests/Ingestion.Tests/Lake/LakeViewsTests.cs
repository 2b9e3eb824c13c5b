using LeadScoring.Ingestion.DuckDb;

namespace LeadScoring.Ingestion.Tests;

public sealed class LakeViewsTests
{
    [Test]
    public void A_home_without_a_lake_shows_every_table_empty_and_typed()
    {
        var home = Directory.CreateTempSubdirectory("leads-views").FullName;
        using var database = Database.Open();
        using var connection = database.Connect();
        LakeViews.Create(connection, Lake.Open(home), bucket: null);
        using (Assert.EnterMultipleScope())
        {
            foreach (var table in Enum.GetValues<LakeTable>())
            {
                var count = connection.Scalar<long>("count", $"select count(*) from {LakeLayout.FolderOf(table)}");
                Assert.That(count, Is.Zero, LakeLayout.FolderOf(table));
            }
            using var traces = connection.Query("traces", "select contact, \"at\", kind, value from traces");
            TypeId[] types = [TypeId.Text, TypeId.Timestamp, TypeId.USmallInt, TypeId.Float];
            Assert.That(traces.Columns.Select(column => column.Type.Id), Is.EqualTo(types));
        }
        Directory.Delete(home, recursive: true);
    }
}

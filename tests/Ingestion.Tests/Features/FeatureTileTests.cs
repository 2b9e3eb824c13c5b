using LeadScoring.Ingestion.Features;

namespace LeadScoring.Ingestion.Tests.Features;

public class FeatureTileTests
{
    const int Length = 40;
    const float Untouched = -1;

    [Test]
    public void Rows_become_columns_whatever_their_number_and_nothing_beside_them_is_touched(
        [Values(1, 3, 4, 5, 8, 17, 176)] int places,
        [Values(0, 1, 7, 15, FeatureTile.Rows)] int rows,
        [Values(0, 5, Length - FeatureTile.Rows)] int first
    )
    {
        var columns = new float[places][];
        for (var place = 0; place < places; place++)
        {
            columns[place] = new float[Length];
            Array.Fill(columns[place], Untouched);
        }
        var tile = new FeatureTile(columns);
        for (var row = 0; row < FeatureTile.Rows; row++)
        {
            var cells = tile.Row(row);
            Assert.That(cells.Length, Is.EqualTo(places + FeatureTile.Beyond));
            for (var place = 0; place < cells.Length; place++)
                cells[place] = Cell(row, place);
        }

        tile.CopyTo(first, rows);

        for (var place = 0; place < places; place++)
        {
            for (var row = 0; row < Length; row++)
                Assert.That(
                    columns[place][row],
                    Is.EqualTo(row >= first && row < first + rows ? Cell(row - first, place) : Untouched)
                );
        }
    }

    static float Cell(int row, int place) => (1000 * row) + place;
}

using LeadScoring.Ingestion.Features;
using LeadScoring.Scoring.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LeadScoring.Scoring.Training;

/// <summary>A feature table as ML.NET reads tables: row by row from our columns, without a copy of them.</summary>
sealed class FastTreeRows : IDataView
{
    public const string Label = "Label";
    public const string Features = "Features";
    public const string Weight = "Weight";

    readonly FeatureTable _table;
    readonly float[][] _columns;
    readonly FastTreeSlots _slots;
    readonly CancellationToken _cancellation;

    /// <param name="features">Of the training table; those of <paramref name="table"/> are found by name.</param>
    /// <param name="slots">Of the training table, whichever rows these are.</param>
    /// <param name="weighted">Whether the training rows have weights.</param>
    public FastTreeRows(
        IReadOnlyList<Feature> features,
        FeatureTable table,
        FastTreeSlots slots,
        bool weighted,
        CancellationToken cancellation
    )
    {
        (_table, _slots, _cancellation) = (table, slots, cancellation);
        _columns = FeatureAlignment.Columns(features, table);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(Label, BooleanDataViewType.Instance);
        schema.AddColumn(Features, new VectorDataViewType(NumberDataViewType.Single, slots.Count), Categories(slots));
        if (weighted)
            schema.AddColumn(Weight, NumberDataViewType.Single);
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _table.RowCount;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded,
        int n,
        Random? rand = null
    ) => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>Tells FastTree which slots are the levels of one feature.</summary>
    static DataViewSchema.Annotations Categories(FastTreeSlots slots)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        var ranges = slots.CategoricalRanges;
        if (ranges.Length > 0)
            annotations.Add<VBuffer<int>>(
                "CategoricalSlotRanges",
                new VectorDataViewType(NumberDataViewType.Int32, ranges.Length),
                (ref VBuffer<int> value) => value = new VBuffer<int>(ranges.Length, ranges)
            );
        return annotations.ToAnnotations();
    }

    sealed class Cursor(FastTreeRows rows, HashSet<int> active) : DataViewRowCursor
    {
        readonly int[] _places = new int[2 * rows._slots.Features];
        readonly float[] _values = new float[2 * rows._slots.Features];
        int _row = -1;

        public override DataViewSchema Schema => rows.Schema;

        public override long Position => _row;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override bool MoveNext()
        {
            rows._cancellation.ThrowIfCancellationRequested();
            _row = _row + 1 < rows._table.RowCount ? _row + 1 : -1;
            return _row >= 0;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId value) => value = new DataViewRowId((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Name switch
            {
                // A table without labels is only scored, and its labels are then not asked for.
                Label => (ValueGetter<bool>)((ref bool value) => value = rows._table.Labels[_row] == 1),
                Weight => (ValueGetter<float>)(
                    (ref float value) => value = (float)LogLoss.Weight(rows._table.Weights, _row)
                ),
                _ => (ValueGetter<VBuffer<float>>)Vector,
            };
            return (ValueGetter<TValue>)getter;
        }

        void Vector(ref VBuffer<float> value)
        {
            var count = rows._slots.Write(rows._columns, _row, _places, _values);
            var editor = VBufferEditor.Create(ref value, rows._slots.Count, count);
            _values.AsSpan(0, count).CopyTo(editor.Values);
            if (count < rows._slots.Count)
                _places.AsSpan(0, count).CopyTo(editor.Indices);
            value = editor.Commit();
        }
    }
}

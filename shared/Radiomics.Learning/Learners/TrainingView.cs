using Microsoft.ML;
using Microsoft.ML.Data;

namespace Radiomics.Learning;

/// <summary>Standardised training cases as ML.NET reads them. ML.NET's own way in from memory compiles code for every view, which takes longer than a fit.</summary>
internal sealed class TrainingView : IDataView
{
    public const string Label = "Label";
    public const string Features = "Features";

    private readonly float[][] _rows;
    private readonly bool[] _labels;

    public TrainingView(double[][] columns, bool[] labels)
    {
        _labels = labels;
        _rows = [.. labels.Select((_, row) => columns.Select(column => (float)column[row]).ToArray())];
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(Label, BooleanDataViewType.Instance);
        schema.AddColumn(Features, new VectorDataViewType(NumberDataViewType.Single, columns.Length));
        Schema = schema.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [new Cursor(this)];

    private sealed class Cursor(TrainingView view) : DataViewRowCursor
    {
        private int _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override bool MoveNext()
        {
            if (_position + 1 >= view._rows.Length)
            {
                _position = -1;
                return false;
            }

            _position++;
            return true;
        }

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Name == Label ? new ValueGetter<bool>(GetLabel) : new ValueGetter<VBuffer<float>>(GetFeatures);
            return (ValueGetter<TValue>)getter;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => GetId;

        private void GetLabel(ref bool value) => value = view._labels[_position];

        private void GetFeatures(ref VBuffer<float> value)
        {
            var row = view._rows[_position];
            var editor = VBufferEditor.Create(ref value, row.Length);
            row.CopyTo(editor.Values);
            value = editor.Commit();
        }

        private void GetId(ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);
    }
}

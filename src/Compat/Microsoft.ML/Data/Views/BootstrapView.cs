using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Each row as often as a Poisson variable of mean 1 says, or, as <paramref name="complement"/>, those rows that would not occur.</summary>
internal sealed class BootstrapView(IDataView source, uint seed, bool complement) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) =>
        new Cursor(source.GetRowCursor(columnsNeeded), ColumnLayout.Active(Schema, columnsNeeded), new(seed), complement);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor input, bool[] active, HybridTausworthe random, bool complement) : PassingCursor(input, active)
    {
        private int _repeats;

        // The repeats of a row are told apart by how many of them are left.
        public override ValueGetter<DataViewRowId> GetIdGetter()
        {
            var getter = base.GetIdGetter();
            return (ref DataViewRowId value) =>
            {
                getter(ref value);
                value = value.Combine(new((ulong)_repeats, 0));
            };
        }

        protected override bool MoveNextCore()
        {
            if (_repeats > 0)
            {
                _repeats--;
                return true;
            }
            while (Input.MoveNext())
            {
                int drawn = Poisson();
                int times = complement ? (drawn == 0 ? 1 : 0) : drawn;
                if (times == 0)
                    continue;
                _repeats = times - 1;
                return true;
            }
            return false;
        }

        // The number of uniform factors by which a product stays above 1/e.
        private int Poisson()
        {
            int count = 0;
            for (double product = random.NextDouble(); product > Math.Exp(-1); product *= random.NextDouble())
                count++;
            return count;
        }
    }
}

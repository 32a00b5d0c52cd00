namespace Microsoft.ML.Data;

/// <summary>What is counted of scored rows; everything is a sum over rows, divided once when asked for.</summary>
internal sealed class ClassCounts(int classes)
{
    // A probability of 0 would cost infinitely much.
    private const float LeastProbability = 1e-15f;

    private readonly double[] _rowsOfClass = new double[classes];
    private readonly double[] _lossOfClass = new double[classes];
    // Rows by the rank of the true class among the scores, 0 best; a class that has no score has rank K.
    private readonly double[] _rowsOfRank = new double[classes + 1];
    private double _rows;
    private double _loss;

    /// <summary>Rows by true class, then by the class with the highest score.</summary>
    public double[][] Confusion { get; } = [.. Enumerable.Range(0, classes).Select(_ => new double[classes])];

    public double MicroAccuracy => _rows > 0 ? _rowsOfRank[0] / _rows : 0;

    public double MacroAccuracy
    {
        get
        {
            var seen = Enumerable.Range(0, classes).Where(k => _rowsOfClass[k] > 0);
            return seen.Select(k => Confusion[k][k] / _rowsOfClass[k]).DefaultIfEmpty(0).Average();
        }
    }

    public double LogLoss => _rows > 0 ? _loss / _rows : 0;

    /// <summary>How much of the entropy of the classes' shares the scores take away; infinite where only one class was seen.</summary>
    public double LogLossReduction
    {
        get
        {
            double entropy = -_rowsOfClass.Where(n => n != 0).Sum(n => n * Math.Log(n / _rows)) / _rows;
            return (entropy - LogLoss) / entropy;
        }
    }

    public IEnumerable<double> PerClassLogLoss => _lossOfClass.Zip(_rowsOfClass, (loss, rows) => rows > 0 ? loss / rows : 0);

    /// <summary>For k = 1 to <paramref name="k"/> the share of rows whose true class is among the k best scores.</summary>
    public IEnumerable<double> TopKAccuracies(int k)
    {
        double sum = 0;
        for (int rank = 0; rank < k; rank++)
            yield return sum += _rowsOfRank[rank] / _rows;
    }

    /// <summary>Counts a row of class <paramref name="label"/>, which may be beyond the scored ones.</summary>
    public void Add(int label, ReadOnlySpan<float> scores)
    {
        bool known = label < scores.Length;
        float own = known ? scores[label] : 0;
        double loss = -Math.Log(known ? Math.Min(1, Math.Max(LeastProbability, own)) : LeastProbability);
        int rank = known ? 0 : scores.Length, best = 0;
        for (int k = 0; k < scores.Length; k++)
        {
            if (known && (scores[k] > own || scores[k] == own && k < label))
                rank++;
            if (scores[k] > scores[best])
                best = k;
        }

        _rows++;
        _loss += loss;
        _rowsOfRank[rank]++;
        if (!known)
            return;
        _rowsOfClass[label]++;
        _lossOfClass[label] += loss;
        Confusion[label][best]++;
    }
}

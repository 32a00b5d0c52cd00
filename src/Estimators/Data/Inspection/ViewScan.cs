using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.ML;

namespace Fovea.Data;

/// <summary>Reads a view once on all threads: one at a time moves the cursor, the others look at rows.</summary>
internal sealed class ViewScan
{
    /// <summary>Rows a thread takes at once: few, as each of them holds a file.</summary>
    private const int RowsAtOnce = 8;

    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    private readonly InspectionOptions _options;
    private readonly string _name;
    private readonly long? _totalRows;
    private readonly ScanReader _reader;
    private readonly Lock _taking = new();
    private readonly Lock _giving = new();
    private readonly Stopwatch _sinceReport = Stopwatch.StartNew();
    private ExceptionDispatchInfo? _fault;
    private bool _ended;

    private ViewScan(IDataView view, ScanReader reader, string name, InspectionOptions options) =>
        (_reader, _name, _options, _totalRows) = (reader, name, options, view.GetRowCount());

    /// <summary>All rows in the view's order.</summary>
    public List<RowFacts> Rows { get; } = [];

    public List<DatasetFinding> Findings { get; } = [];

    public Dictionary<(int Width, int Height), long> Sizes { get; } = [];

    public Dictionary<ImageMode, long> Modes { get; } = [];

    public ClassTally MaskPixels { get; } = new();

    /// <summary>Reads the view.</summary>
    /// <returns>The reader's counts and what was seen; the cursor is closed.</returns>
    public static (ScanReader Reader, ViewScan Scan) Run(IDataView view, ScanColumns columns, int split, string name, InspectionOptions options)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        using var reader = new ScanReader(view, columns, split);
        var scan = new ViewScan(view, reader, name, options);
        var threads = Enumerable.Range(1, options.ThreadsToUse - 1).Select(i => new Thread(scan.Work) { IsBackground = true, Name = $"Fovea inspector {i}" }).ToList();
        threads.ForEach(t => t.Start());
        scan.Work();
        threads.ForEach(t => t.Join());
        options.Cancellation.ThrowIfCancellationRequested();
        scan._fault?.Throw();
        options.Progress?.Report(new InspectionProgress(name, scan.Rows.Count, scan.Rows.Count));
        return (reader, scan);
    }

    private void Work()
    {
        try
        {
            var rows = Enumerable.Range(0, RowsAtOnce).Select(_ => new ScanRow()).ToArray();
            var examiner = new RowExaminer(_reader, _options);
            for (int count; (count = Take(rows)) > 0;)
                foreach (var row in rows.AsSpan(0, count))
                {
                    if (_options.Cancellation.IsCancellationRequested)
                        return;
                    examiner.Run(row);
                    if (row.Findings.Count > 0)
                        lock (_giving)
                            Findings.AddRange(row.Findings.Select(f => f with { Split = _name, Row = row.Facts.Row, File = f.File ?? row.Facts.File }));
                }
            lock (_giving)
            {
                MaskPixels.Add(examiner.MaskPixels);
                foreach (var (size, n) in examiner.Sizes)
                    Sizes[size] = Sizes.GetValueOrDefault(size) + n;
                foreach (var (mode, n) in examiner.Modes)
                    Modes[mode] = Modes.GetValueOrDefault(mode) + n;
            }
        }
        catch (Exception e)
        {
            lock (_taking)
                _fault ??= ExceptionDispatchInfo.Capture(e);
        }
    }

    private int Take(ScanRow[] rows)
    {
        lock (_taking)
        {
            var count = 0;
            if (_fault is not null || _ended || _options.Cancellation.IsCancellationRequested)
                return 0;
            while (count < rows.Length && !(_ended = !_reader.MoveNext()))
            {
                _reader.Read(rows[count]);
                Rows.Add(rows[count++].Facts);
            }
            if (_options.Progress is { } progress && _sinceReport.Elapsed > ReportEvery)
            {
                progress.Report(new InspectionProgress(_name, Rows.Count - count, _totalRows));
                _sinceReport.Restart();
            }
            return count;
        }
    }
}

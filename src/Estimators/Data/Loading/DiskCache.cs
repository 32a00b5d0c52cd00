using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Data;

/// <summary>
/// Decoded samples in a file, for those that the memory budget has no room for. Any thread may read and add. Each record has a
/// checksum; one that does not agree counts as absent. Pages are mapped while a record is read and no longer, so the file weighs
/// on the system's page cache and not on the process.
/// </summary>
internal sealed unsafe class DiskCache : IDisposable
{
    /// <summary>Checksum (uint32) and row number + 1 (int32).</summary>
    private const int HeadBytes = 8;

    private readonly string _folder;
    private readonly string? _path;
    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _map;
    private readonly int _placeBytes;
    private readonly bool[] _isHere;
    private int _damaged;

    private DiskCache(string folder, string? path, SafeFileHandle file, int placeBytes, int places)
    {
        (_folder, _path, _file, _placeBytes) = (folder, path, file, placeBytes);
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _isHere = new bool[places];
    }

    /// <summary>Rows that have a place: those below.</summary>
    public int Capacity => _isHere.Length;

    /// <summary>Records that were there and whose checksum did not agree.</summary>
    public int Damaged => Volatile.Read(ref _damaged);

    /// <summary>Null where not one record fits the limit.</summary>
    /// <param name="options">Folder, limit, and whether the file is kept.</param>
    /// <param name="rows">Of the set.</param>
    /// <param name="input">What samples are made for.</param>
    /// <param name="layout">Of a sample.</param>
    /// <exception cref="ArgumentException">The cache is to be kept, and the set is not one of files.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or the disk has no room.</exception>
    public static DiskCache? Open(LoaderOptions options, RowIndex rows, ImageInput input, SampleLayout layout)
    {
        if (options.KeepDiskCache && !rows.IsOfFiles)
            throw new ArgumentException($"The disk cache can be kept for images and masks given by their paths only: of others nobody could tell whether they have changed. Leave {nameof(LoaderOptions.KeepDiskCache)} out.");
        var folder = Path.GetFullPath(options.DiskCache!);
        var placeBytes = HeadBytes + layout.RecordBytes;
        try
        {
            Directory.CreateDirectory(folder);
            var source = options.KeepDiskCache ? SourceFingerprint.Of(rows, input) : null;
            var path = source is null ? null : RecordFile.PathOf(folder, source);
            var free = new DriveInfo(folder).AvailableFreeSpace + (path is not null && File.Exists(path) ? new FileInfo(path).Length : 0);
            var limit = options.DiskCacheBytes >= 0 ? options.DiskCacheBytes : free / 2;
            var places = (int)Math.Clamp((limit - RecordFile.HeaderBytes) / placeBytes, 0, rows.Count);
            if (places == 0)
                return null;
            var length = RecordFile.HeaderBytes + (long)placeBytes * places;
            if (length > free)
                throw new IOException($"{length / 1e6:0.#} MB are wanted and {free / 1e6:0.#} MB are free");
            var file = source is null ? RecordFile.CreateTemporary(folder, length) : RecordFile.OpenKept(path!, source, placeBytes, places);
            return new DiskCache(folder, path, file, placeBytes, places);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The disk cache in '{folder}' cannot be made: {e.Message.TrimEnd('.')}. Give another folder ({nameof(LoaderOptions.DiskCache)}) or a limit ({nameof(LoaderOptions.DiskCacheBytes)}).", e);
        }
    }

    /// <param name="row">Its number.</param>
    /// <param name="record">Gets the record.</param>
    /// <returns>Whether it is here, undamaged.</returns>
    public bool TryRead(int row, Span<byte> record)
    {
        // What a kept file holds shows when it is read.
        if (row >= Capacity || _path is null && !Volatile.Read(ref _isHere[row]))
            return false;
        // Not through the mapping: a page that was never written, or was cut off, may end the process there (on a full tmpfs it does).
        Span<byte> head = stackalloc byte[HeadBytes];
        if (RandomAccess.GetLength(_file) < Offset(row + 1) || RandomAccess.Read(_file, head, Offset(row)) < HeadBytes)
            return false;
        var (checksum, number) = (MemoryMarshal.Read<uint>(head), MemoryMarshal.Read<int>(head[4..]));
        if (number == 0)
            return false;
        using var view = _map.CreateViewAccessor(Offset(row) + HeadBytes, record.Length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            // Copied before it is checked: another process may write the same record now.
            new ReadOnlySpan<byte>(start + view.PointerOffset, record.Length).CopyTo(record);
            if (number == row + 1 && checksum == Checksum(row, record))
            {
                Volatile.Write(ref _isHere[row], true);
                return true;
            }
            Volatile.Write(ref _isHere[row], false);
            Interlocked.Increment(ref _damaged);
            return false;
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    /// <summary>Keeps a copy where the row has a place.</summary>
    /// <exception cref="IOException">The disk is full or gone; the file is removed.</exception>
    public void Add(int row, ReadOnlySpan<byte> record)
    {
        if (row >= Capacity || Volatile.Read(ref _isHere[row]))
            return;
        Span<byte> head = stackalloc byte[HeadBytes];
        MemoryMarshal.Write(head, Checksum(row, record));
        MemoryMarshal.Write(head[4..], row + 1);
        try
        {
            // Not through the mapping: there a full disk ends the process.
            RandomAccess.Write(_file, record, Offset(row) + HeadBytes);
            RandomAccess.Write(_file, head, Offset(row));
        }
        catch (IOException e)
        {
            if (_path is not null)
                File.Delete(_path);
            throw new IOException($"The disk cache in '{_folder}' cannot grow: {e.Message.TrimEnd('.')}. Free some room, give another folder ({nameof(LoaderOptions.DiskCache)}) or a limit ({nameof(LoaderOptions.DiskCacheBytes)}).", e);
        }
        Volatile.Write(ref _isHere[row], true);
    }

    public void Dispose()
    {
        _map.Dispose();
        _file.Dispose();
    }

    private long Offset(int row) => RecordFile.HeaderBytes + (long)_placeBytes * row;

    private static uint Checksum(int row, ReadOnlySpan<byte> record) => RecordChecksum.Of(record) ^ (uint)(row + 1) * 0x9E3779B9u;
}

using System.Globalization;

namespace Fovea.Benchmarks;

/// <summary>Memory of processes as Linux counts it (/proc).</summary>
internal static class ProcessMemory
{
    /// <summary>
    /// What a process and its children hold together: the private memory of each, and of the memory that is shared the most that one
    /// of them has. For one process that is its resident size; what forked workers share with their parent counts once.
    /// </summary>
    /// <returns>Bytes; 0 where there is no /proc.</returns>
    public static long OfTree(int root)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var (own, shared) = (0L, 0L);
        foreach (var process in Tree(root))
        {
            var (ownBytes, sharedBytes) = Of(process);
            own += ownBytes;
            shared = Math.Max(shared, sharedBytes);
        }
        return own + shared;
    }

    /// <summary>The peaks of resident memory of a process and its children so far, added up: memory that they share counts in each.</summary>
    /// <returns>Bytes; 0 where there is no /proc.</returns>
    public static long SumOfPeaks(int root) => OperatingSystem.IsLinux() ? Tree(root).Sum(Peak) : 0;

    private static long Peak(int process)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{process}/status"))
                if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is ["VmHWM:", var kilobytes, ..])
                    return long.Parse(kilobytes, CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            // it has ended meanwhile
        }
        return 0;
    }

    /// <summary>Bytes of this process that are resident; 0 where there is no /proc.</summary>
    public static long Resident() => OperatingSystem.IsLinux() && Of(Environment.ProcessId) is var (own, shared) ? own + shared : 0;

    private static (long Own, long Shared) Of(int process)
    {
        var (own, shared) = (0L, 0L);
        try
        {
            foreach (var line in File.ReadLines($"/proc/{process}/smaps_rollup"))
            {
                var parts = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
                if (parts is ["Private_Clean:" or "Private_Dirty:", var kilobytes, ..])
                    own += long.Parse(kilobytes, CultureInfo.InvariantCulture) << 10;
                else if (parts is ["Shared_Clean:" or "Shared_Dirty:", var sharedKilobytes, ..])
                    shared += long.Parse(sharedKilobytes, CultureInfo.InvariantCulture) << 10;
            }
        }
        catch (IOException)
        {
            // it has ended meanwhile
        }
        catch (UnauthorizedAccessException)
        {
            // it is not ours to look into
        }
        return (own, shared);
    }

    private static List<int> Tree(int root)
    {
        var children = new Dictionary<int, List<int>>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                // "id (name) state parent ...", and the name may hold anything.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var parent = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
                if (!children.TryGetValue(parent, out var list))
                    children[parent] = list = [];
                list.Add(id);
            }
            catch (IOException)
            {
                // it has ended meanwhile
            }
        }
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++)
            if (children.TryGetValue(tree[i], out var list))
                tree.AddRange(list);
        return tree;
    }
}

using System.Collections;
using System.Collections.ObjectModel;

namespace System.Management.Automation;

/// <summary>As PowerShell's, as far as the module uses it.</summary>
public class PSDataCollection<T> : IEnumerable<T>
{
    private readonly List<T> _items = [];

    public bool IsOpen { get; private set; } = true;

    public int Count
    {
        get
        {
            lock (_items)
                return _items.Count;
        }
    }

    public void Add(T item)
    {
        lock (_items)
        {
            if (!IsOpen)
                throw new InvalidOperationException("The collection is closed.");
            _items.Add(item);
        }
    }

    public void Complete() => IsOpen = false;

    public Collection<T> ReadAll()
    {
        lock (_items)
        {
            var all = new Collection<T>([.. _items]);
            _items.Clear();
            return all;
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        lock (_items)
            return ((IEnumerable<T>)[.. _items]).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

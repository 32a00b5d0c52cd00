namespace System.Management.Automation;

/// <summary>As PowerShell's, as far as the module uses it.</summary>
public abstract class Repository<T> where T : class
{
    private readonly List<T> _items = [];

    internal Repository() { }

    public void Add(T item)
    {
        lock (_items)
            _items.Add(item);
    }

    public List<T> GetItems()
    {
        lock (_items)
            return [.. _items];
    }
}

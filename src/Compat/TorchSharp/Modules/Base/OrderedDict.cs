using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A dictionary that keeps the order of insertion and can be read by position too.</summary>
public class OrderedDict<TKey, TValue> : IDictionary<TKey, TValue>, IList<(TKey, TValue)>
    where TKey : notnull
{
    private readonly List<(TKey Key, TValue Value)> _order = [];
    private readonly Dictionary<TKey, TValue> _values = [];

    public int Count => _order.Count;
    public bool IsReadOnly => false;
    public ICollection<TKey> Keys => _order.ConvertAll(entry => entry.Key);
    public ICollection<TValue> Values => _order.ConvertAll(entry => entry.Value);

    public TValue this[TKey key]
    {
        get => _values[key];
        set
        {
            if (_values.TryAdd(key, value))
            {
                _order.Add((key, value));
                return;
            }
            _values[key] = value;
            _order[PositionOf(key)] = (key, value);
        }
    }

    public (TKey, TValue) this[int index]
    {
        get => _order[index];
        set
        {
            // The key of the place may change with its value.
            if (!_order[index].Key.Equals(value.Item1)) _values.Remove(_order[index].Key);
            _order[index] = value;
            _values[value.Item1] = value.Item2;
        }
    }

    public void Add(TKey key, TValue value)
    {
        _values.Add(key, value);
        _order.Add((key, value));
    }

    public void Add((TKey, TValue) item) => Add(item.Item1, item.Item2);
    public void Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    public void Insert(int index, (TKey, TValue) item)
    {
        _values.Add(item.Item1, item.Item2);
        _order.Insert(index, item);
    }

    public bool Remove(TKey key)
    {
        if (!_values.Remove(key)) return false;
        _order.RemoveAt(PositionOf(key));
        return true;
    }

    public bool Remove((TKey, TValue) item) => _order.Contains(item) && Remove(item.Item1);
    public bool Remove(KeyValuePair<TKey, TValue> item) => Remove((item.Key, item.Value));

    public void RemoveAt(int index)
    {
        _values.Remove(_order[index].Key);
        _order.RemoveAt(index);
    }

    public void Clear()
    {
        _order.Clear();
        _values.Clear();
    }

    public bool ContainsKey(TKey key) => _values.ContainsKey(key);
    public bool Contains((TKey, TValue) item) => _order.Contains(item);
    public bool Contains(KeyValuePair<TKey, TValue> item) => _order.Contains((item.Key, item.Value));
    public int IndexOf((TKey, TValue) item) => _order.IndexOf(item);
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value) => _values.TryGetValue(key, out value);
    public void CopyTo((TKey, TValue)[] array, int arrayIndex) => _order.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (var (key, value) in _order) array[arrayIndex++] = new(key, value);
    }

    public IEnumerator<(TKey, TValue)> GetEnumerator() => _order.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator()
    {
        foreach (var (key, value) in _order) yield return new(key, value);
    }

    public void clear() => Clear();
    public IEnumerator<(TKey, TValue)> items() => GetEnumerator();
    public IEnumerable<TKey> keys() => Keys;
    public IEnumerable<TValue> values() => Values;

    private int PositionOf(TKey key) => _order.FindIndex(entry => entry.Key.Equals(key));
}

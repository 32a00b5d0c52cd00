using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Utils;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A dictionary of parameters; their names are their keys.</summary>
    public class ParameterDict : nn.Module, IDictionary<string, Parameter>, IList<(string, Parameter)>
    {
        private readonly OrderedDict<string, Parameter> _items = [];
        private bool _registered;

        public ParameterDict() : base("ParameterDict")
        {
        }

        public int Count => _items.Count;
        public bool IsReadOnly => false;
        public ICollection<string> Keys => _items.Keys;
        public ICollection<Parameter> Values => _items.Values;

        public Parameter this[string key]
        {
            get => _items[key];
            set => _items[key] = value;
        }

        public (string, Parameter) this[int index]
        {
            get => _items[index];
            set => _items[index] = value;
        }

        public void Add(string key, Parameter value) => _items.Add(key, value);
        public void Add((string, Parameter) item) => _items.Add(item);
        public void Add(KeyValuePair<string, Parameter> item) => _items.Add(item);
        public void Insert(int index, (string, Parameter) item) => _items.Insert(index, item);
        public bool Remove(string key) => _items.Remove(key);
        public bool Remove((string, Parameter) item) => _items.Remove(item);
        public bool Remove(KeyValuePair<string, Parameter> item) => _items.Remove(item);
        public void RemoveAt(int index) => _items.RemoveAt(index);
        public void Clear() => _items.Clear();
        public bool ContainsKey(string key) => _items.ContainsKey(key);
        public bool Contains((string, Parameter) item) => _items.Contains(item);
        public bool Contains(KeyValuePair<string, Parameter> item) => _items.Contains(item);
        public int IndexOf((string, Parameter) item) => _items.IndexOf(item);
        public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => _items.TryGetValue(key, out value);
        public void CopyTo((string, Parameter)[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);
        public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);
        public IEnumerator<(string, Parameter)> GetEnumerator() => _items.GetEnumerator();
        IEnumerator<KeyValuePair<string, Parameter>> IEnumerable<KeyValuePair<string, Parameter>>.GetEnumerator() => ((IEnumerable<KeyValuePair<string, Parameter>>)_items).GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void clear() => _items.Clear();
        public IEnumerator<(string, Parameter)> items() => _items.GetEnumerator();
        public IEnumerable<string> keys() => _items.Keys;
        public IEnumerable<Parameter> values() => _items.Values;

        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse) => _items;
        public override bool has_parameter(string target) => _items.ContainsKey(target);
        public override Parameter? get_parameter(string target) => _items.TryGetValue(target, out var parameter) ? parameter : null;

        protected override void RegisterComponents()
        {
            if (_registered) return;
            foreach (var (name, item) in _items) register_parameter(name, item);
            _registered = true;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ParameterDict ParameterDict(params (string, Parameter)[] parameters)
            {
                var dictionary = new ParameterDict();
                foreach (var parameter in parameters) dictionary.Add(parameter);
                return dictionary;
            }
        }
    }
}

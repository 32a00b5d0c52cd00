using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>All parameters, then all persistent buffers. The tensors are the module's own, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (name, parameter) in named_parameters()) destination.TryAdd(Key(prefix, name), parameter);
                foreach (var (name, buffer) in named_buffers(include_nonpersistent: false)) destination.TryAdd(Key(prefix, name), buffer);
                // A tensor shared by two modules has a key in each.
                foreach (var (name, child) in named_children()) child.state_dict(destination, Key(prefix, name));
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var target = state_dict();
                bool Wanted(string key) => skip is null || !skip.Contains(key);
                var missing = target.Keys.Where(key => Wanted(key) && !source.ContainsKey(key)).ToList();
                var unexpected = source.Keys.Where(key => Wanted(key) && !target.ContainsKey(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException(
                        $"The state dict does not fit {GetName()}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");

                using var _ = no_grad();
                foreach (var (key, tensor) in source)
                    if (Wanted(key) && target.TryGetValue(key, out var destination)) destination.copy_(tensor);
                return (missing, unexpected);
            }

            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>TorchSharp's format: the number of entries (LEB128), then of each its name and its tensor.</summary>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToList();
                writer.Write7BitEncodedInt(entries.Count);
                foreach (var (name, tensor) in entries)
                {
                    writer.Write(name);
                    tensor.Save(writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location)) throw new FileNotFoundException($"There is no file {location}.", location);
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                var target = state_dict();
                var count = reader.Read7BitEncodedInt();
                if (strict && count != target.Count)
                    throw new ArgumentException($"The file has {count} entries, {GetName()} has {target.Count}.");
                for (var i = 0; i < count; i++)
                {
                    var key = reader.ReadString();
                    var known = target.TryGetValue(key, out var destination);
                    if (!known && strict) throw new ArgumentException($"The file has an entry '{key}', which {GetName()} has not.");
                    // An entry that is passed over is read all the same: the next one starts behind it.
                    if (known && !(skip?.Contains(key) ?? false)) destination!.Load(reader);
                    else TensorExtensionMethods.Load(reader, skip: true);
                    loadedParameters?.Add(key, known);
                }
                return this;
            }

            public static Module Create<T>(string path) where T : Module, new() => new T().load(path);

            private static string Key(string? prefix, string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";
        }
    }
}

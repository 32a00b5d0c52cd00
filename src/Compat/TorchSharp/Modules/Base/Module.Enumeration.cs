using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                Named<Parameter>(_internal_params, recurse, child => child.named_parameters(true));

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                Unnamed(named_parameters(recurse));

            /// <summary>As in TorchSharp, buffers that are not persistent are never listed, whatever <paramref name="include_nonpersistent"/> says.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) =>
                Named<Tensor>(PersistentBuffers(), recurse, child => child.named_buffers(true, include_nonpersistent));

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                Unnamed(named_buffers(recurse, include_nonpersistent));

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            public virtual IEnumerable<Module> children() => Unnamed(named_children());

            /// <summary>The children first, then what is below each of them; the module itself is not among them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children()) yield return child;
                foreach (var (prefix, child) in named_children())
                    foreach (var (name, module) in child.named_modules()) yield return ($"{prefix}.{name}", module);
            }

            public virtual IEnumerable<Module> modules() => Unnamed(named_modules());

            public virtual Parameter? get_parameter(string target) =>
                _internal_params.TryGetValue(target, out var parameter) ? parameter : Below(target, (child, rest) => child.get_parameter(rest));

            public virtual Tensor? get_buffer(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                return _internal_buffers.TryGetValue(target, out var buffer) ? buffer.Item1 : Below(target, (child, rest) => child.get_buffer(rest));
            }

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            // Not by Select: of pairs it would have to be compiled at the start of every program.
            private static IEnumerable<T> Unnamed<T>(IEnumerable<(string, T)> named)
            {
                foreach (var (_, value) in named) yield return value;
            }

            private IEnumerable<(string, Tensor)> PersistentBuffers()
            {
                foreach (var (name, (buffer, persistent)) in _internal_buffers)
                    if (persistent) yield return (name, buffer);
            }

            // A tensor that is reachable twice is listed once, under the first name.
            private IEnumerable<(string, T)> Named<T>(IEnumerable<(string, T)> own, bool recurse, Func<Module, IEnumerable<(string, T)>> below)
                where T : Tensor
            {
                var seen = new HashSet<IntPtr>();
                foreach (var (name, tensor) in own)
                    if (!tensor.IsInvalid && seen.Add(tensor.Handle)) yield return (name, tensor);
                if (!recurse) yield break;
                foreach (var (prefix, child) in named_children())
                    foreach (var (name, tensor) in below(child))
                        if (seen.Add(tensor.Handle)) yield return ($"{prefix}.{name}", tensor);
            }

            private T? Below<T>(string target, Func<Module, string, T?> find) where T : class
            {
                var dot = target.IndexOf('.');
                if (dot < 0) return null;
                var (first, rest) = (target[..dot], target[(dot + 1)..]);
                foreach (var (name, child) in named_children())
                    if (name == first && find(child, rest) is { } found) return found;
                return null;
            }
        }
    }
}

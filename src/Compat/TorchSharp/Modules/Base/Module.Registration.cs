using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            // Asked for once a type: attributes of fields are slow to read, and a network has many modules of few types.
            private static readonly ConditionalWeakTable<Type, Component[]> s_components = [];

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid) throw new ArgumentNullException(nameof(param), $"The parameter '{name}' is null or disposed.");
                if (_internal_params.ContainsKey(name)) throw Taken("parameter", name);
                _internal_params.Add(name, param);
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid) throw new ArgumentNullException(nameof(tensor), $"The buffer '{name}' is null or disposed.");
                if (_internal_buffers.ContainsKey(name)) throw Taken("buffer", name);
                _internal_buffers.Add(name, (tensor, persistent));
            }

            /// <summary>A null or disposed module takes the name away.</summary>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null || submodule._disposed)
                {
                    _internal_submodules.Remove(name);
                    return;
                }
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("A module needs a name that is not empty.", nameof(name));
                if (name.Contains('.')) throw new ArgumentException($"The module name '{name}' has a dot, which separates the levels of a state dict.", nameof(name));
                if (_internal_submodules.ContainsKey(name)) throw Taken("module", name);
                submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Registers what the fields hold, those of the most derived class first, under the fields' names.</summary>
            protected virtual void RegisterComponents()
            {
                if (_registered) return;
                foreach (var (key, field) in s_components.GetValue(GetType(), ComponentsOf))
                {
                    if (_internal_submodules.ContainsKey(key) || _internal_params.ContainsKey(key) || _internal_buffers.ContainsKey(key)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(key, module); break;
                        case Parameter parameter: register_parameter(key, parameter); break;
                        case Tensor tensor: register_buffer(key, tensor); break;
                    }
                }
                _registered = true;
            }

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) _internal_params.Remove(name);
                else _internal_params[name] = value;
            }

            protected void ConditionallyRegisterParameter(string name, Tensor? value) =>
                ConditionallyRegisterParameter(name, value as Parameter);

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) _internal_buffers.Remove(name);
                else _internal_buffers[name] = (value, persistent);
            }

            protected void ClearModules() => _internal_submodules.Clear();

            // What the property setters of the layers do: the module owns the new tensor, whatever scope it was made in.
            internal void Own(string name, ref Parameter? field, Parameter? value)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = (Parameter?)value?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, field);
            }

            internal void Own(string name, ref Tensor? field, Tensor? value)
            {
                if (ReferenceEquals(field, value)) return;
                field?.Dispose();
                field = value?.DetachFromDisposeScope();
                ConditionallyRegisterBuffer(name, field);
            }

            private static Component[] ComponentsOf(Type type)
            {
                const BindingFlags own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
                var seen = new HashSet<string>();
                var components = new List<Component>();
                for (var level = type; level is not null && level != typeof(Module); level = level.BaseType)
                    foreach (var field in level.GetFields(own))
                        if (seen.Add(field.Name)) components.Add(new(field.ComponentName(), field));
                return [.. components];
            }

            private sealed record Component(string Key, FieldInfo Field);

            private InvalidOperationException Taken(string kind, string name) =>
                new($"{GetName()} already has a {kind} named '{name}'.");
        }
    }
}

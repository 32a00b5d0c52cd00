using Fovea.Native;
using TorchSharp.Modules;
using ModuleHandle = Fovea.Native.ModuleHandle;

namespace TorchSharp;

public static partial class torch
{
    public static partial class jit
    {
        /// <summary>A TorchScript module: a network with its code, made by Python's torch.jit.</summary>
        public class ScriptModule : nn.Module
        {
            // More than any method of a network returns.
            private const int MostResults = 64;

            // Freed by its own finalizer: TorchSharp declares no Dispose here.
            private readonly ModuleHandle module;

            internal ScriptModule(ModuleHandle module)
                : base("")
            {
                this.module = module;
                foreach (var (name, handle) in State(buffers: false))
                    _internal_params.Add(name, new Parameter(new Tensor(handle, register: false), Asks(handle)));
                foreach (var (name, handle) in State(buffers: true))
                    _internal_buffers.Add(name, (new Tensor(handle, register: false), true));
            }

            public override bool training => Door.ModuleIsTraining(module);

            internal ModuleHandle NativeModule => module;

            public override void train(bool on = true) => Door.ModuleTrain(module, on);

            public override void eval() => Door.ModuleTrain(module, false);

            public object call(params object[] input) => forward(input);

            public object forward(params object[] input) => invoke("forward", input);

            public TResult invoke<TResult>(string name, params object[] inputs) => (TResult)invoke(name, inputs);

            public TResult invoke<T, TResult>(string name, params T[] inputs) =>
                (TResult)invoke(name, Array.ConvertAll(inputs, input => (object)input!));

            /// <summary>Calls a method of the module.</summary>
            /// <param name="name">The method.</param>
            /// <param name="objs">Tensors, arrays of tensors, numbers, truth values, text or null.</param>
            /// <returns>A tensor, a scalar, an array of tensors or null; of several results a tuple (of up to 5) or an array.</returns>
            public unsafe object invoke(string name, params object[] objs)
            {
                ArgumentException.ThrowIfNullOrEmpty(name);
                var arguments = new Value[objs.Length];
                using var memory = new ScriptArguments();
                for (var n = 0; n < objs.Length; n++)
                    arguments[n] = memory.Convert(objs[n]);
                var results = stackalloc Value[MostResults];
                Door.ModuleCall(module, name, arguments, new Span<Value>(results, MostResults), out var count);
                GC.KeepAlive(objs);
                return Together([.. new Span<Value>(results, count).ToArray().Select(Result)])!;
            }

            protected internal override nn.Module _to(ScalarType dtype, bool non_blocking)
            {
                Door.ModuleTo(module, dtype: (int)dtype);
                return base._to(dtype, non_blocking);
            }

            protected internal override nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                InitializeDeviceType(deviceType);
                Door.ModuleTo(module, Door.Device((int)deviceType, deviceIndex));
                return base._to(deviceType, deviceIndex, non_blocking);
            }

            protected internal override nn.Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                InitializeDeviceType(device.type);
                Door.ModuleTo(module, Door.Device((int)device.type, device.index), (int)dtype);
                return base._to(device, dtype, non_blocking);
            }

            private static bool Asks(nint handle) => Door.TensorDescribe(handle).RequiresGrad;

            private static unsafe object? Result(Value value)
            {
                switch (value.Tag)
                {
                    case ValueTag.Tensor:
                        return new Tensor(value);
                    case ValueTag.Int or ValueTag.Double or ValueTag.Bool:
                        return Scalar.Of(value);
                    case ValueTag.TensorList:
                        var tensors = new Tensor[value.Length];
                        for (var n = 0; n < tensors.Length; n++)
                            tensors[n] = new Tensor(((nint*)value.Pointer)[n]);
                        Door.ListFree(value.Pointer);
                        return tensors;
                    case ValueTag.None:
                        return null;
                    default:
                        Door.Release(value);
                        throw new NotSupportedException($"A module returned a value of kind {value.Tag}; it can be a tensor, a number or a list of tensors.");
                }
            }

            private static object? Together(object?[] results)
            {
                if (results is [var only])
                    return only;
                if (Array.TrueForAll(results, result => result is Tensor))
                    return Tuple<Tensor>(Array.ConvertAll(results, result => (Tensor)result!));
                return Array.TrueForAll(results, result => result is Scalar)
                    ? Tuple<Scalar>(Array.ConvertAll(results, result => (Scalar)result!))
                    : Tuple<object?>(results);
            }

            private static object Tuple<T>(T[] items) => items switch
            {
                [var a, var b] => (a, b),
                [var a, var b, var c] => (a, b, c),
                [var a, var b, var c, var d] => (a, b, c, d),
                [var a, var b, var c, var d, var e] => (a, b, c, d, e),
                _ => items,
            };

            private List<(string Name, nint Handle)> State(bool buffers)
            {
                using var state = Door.ModuleState(module, buffers);
                var entries = new List<(string, nint)>();
                for (var n = 0; n < Door.DictCount(state); n++)
                    entries.Add((Door.DictName(state, n), Door.DictTensor(state, n)));
                return entries;
            }
        }
    }
}

namespace Fovea.Native;

public static unsafe partial class Door
{
    /// <summary>Writes one tensor as <c>torch::save</c> does.</summary>
    public static void TensorSave(nint tensor, string path)
    {
        fixed (byte* pathBytes = Text(path))
        {
            Check(Exports.fovea_tensor_save(tensor, pathBytes));
        }
    }

    /// <summary>Reads one tensor that <c>torch::save</c> wrote.</summary>
    public static nint TensorLoad(string path)
    {
        nint result;
        fixed (byte* pathBytes = Text(path))
        {
            Check(Exports.fovea_tensor_load(pathBytes, &result));
        }

        return result;
    }

    /// <summary>Loads a TorchScript file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where its tensors go (<see cref="Device(int, int)"/>); -1: where they were saved.</param>
    public static ModuleHandle ModuleLoad(string path, int device = -1)
    {
        nint result;
        fixed (byte* pathBytes = Text(path))
        {
            Check(Exports.fovea_module_load(pathBytes, device, &result));
        }

        return new ModuleHandle(result);
    }

    /// <summary>Loads TorchScript from memory.</summary>
    public static ModuleHandle ModuleRead(ReadOnlySpan<byte> file, int device = -1)
    {
        nint result;
        fixed (byte* bytes = file)
        {
            Check(Exports.fovea_module_read(bytes, (nuint)file.Length, device, &result));
        }

        return new ModuleHandle(result);
    }

    /// <summary>Writes a TorchScript file.</summary>
    public static void ModuleSave(ModuleHandle module, string path)
    {
        var pathBytes = Text(path);
        With(module, handle =>
        {
            fixed (byte* first = pathBytes)
            {
                Check(Exports.fovea_module_save(handle, first));
            }
        });
    }

    /// <summary>Calls a method of a module; arguments and results as with <see cref="Operator.Call(ReadOnlySpan{Value}, Span{Value}, out int)"/>. A tuple comes back as its items.</summary>
    public static void ModuleCall(ModuleHandle module, string method, ReadOnlySpan<Value> arguments, Span<Value> results, out int count)
    {
        var methodBytes = Text(method);
        var room = results.Length;
        fixed (byte* name = methodBytes)
        fixed (Value* argument = arguments)
        fixed (Value* result = results)
        {
            byte* n = name;
            Value* a = argument, r = result;
            int given = arguments.Length, written = room;
            With(module, handle =>
            {
                var c = written;
                Check(Exports.fovea_module_call(handle, n, a, given, r, &c));
                written = c;
            });
            count = written;
        }
    }

    /// <summary>Switches a module between training and evaluation.</summary>
    public static void ModuleTrain(ModuleHandle module, bool training) =>
        With(module, handle => Check(Exports.fovea_module_train(handle, training ? 1 : 0)));

    /// <summary>Whether a module is in training mode.</summary>
    public static bool ModuleIsTraining(ModuleHandle module)
    {
        var result = false;
        With(module, handle =>
        {
            int training;
            Check(Exports.fovea_module_is_training(handle, &training));
            result = training != 0;
        });
        return result;
    }

    /// <summary>Moves a module's parameters and buffers; -1 keeps the device or element type.</summary>
    public static void ModuleTo(ModuleHandle module, int device = -1, int dtype = -1) =>
        With(module, handle => Check(Exports.fovea_module_to(handle, device, dtype)));

    /// <summary>A module's parameters, or its buffers, by name.</summary>
    public static DictHandle ModuleState(ModuleHandle module, bool buffers)
    {
        nint result = 0;
        With(module, handle =>
        {
            nint dict;
            Check(Exports.fovea_module_state(handle, buffers ? 1 : 0, &dict));
            result = dict;
        });
        return new DictHandle(result);
    }

    /// <summary>Reads a state dict that <c>torch.save</c> wrote (zip format). Runs no code of the file.</summary>
    public static DictHandle DictRead(string path)
    {
        nint result;
        fixed (byte* pathBytes = Text(path))
        {
            Check(Exports.fovea_dict_read(pathBytes, &result));
        }

        return new DictHandle(result);
    }

    /// <summary>How many tensors there are.</summary>
    public static int DictCount(DictHandle dict)
    {
        var result = 0;
        With(dict, handle =>
        {
            int count;
            Check(Exports.fovea_dict_count(handle, &count));
            result = count;
        });
        return result;
    }

    /// <summary>The name of a tensor, in the order of the file.</summary>
    public static string DictName(DictHandle dict, int index)
    {
        var result = "";
        With(dict, handle => result = NativeText.Read((buffer, capacity) => Exports.fovea_dict_name(handle, index, buffer, capacity)));
        return result;
    }

    /// <summary>A handle of a tensor, in the order of the file.</summary>
    public static nint DictTensor(DictHandle dict, int index)
    {
        nint result = 0;
        With(dict, handle =>
        {
            nint tensor;
            Check(Exports.fovea_dict_tensor(handle, index, &tensor));
            result = tensor;
        });
        return result;
    }
}

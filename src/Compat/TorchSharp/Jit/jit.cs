using Fovea.Native;
using ModuleHandle = Fovea.Native.ModuleHandle;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>TorchScript.</summary>
    public static partial class jit
    {
        public static ScriptModule load(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Open(filename, new Device(device_type, (int)device_index)));
        public static ScriptModule load(byte[] bytes, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Open(bytes, new Device(device_type, (int)device_index)));
        public static ScriptModule load(string filename, Device map_location) => new(Open(filename, map_location));
        public static ScriptModule load(byte[] bytes, Device map_location) => new(Open(bytes, map_location));
        public static ScriptModule load(string filename, string map_location) => new(Open(filename, map_location));
        public static ScriptModule load(byte[] bytes, string map_location) => new(Open(bytes, map_location));

        public static ScriptModule<TResult> load<TResult>(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Open(filename, new Device(device_type, (int)device_index)));
        public static ScriptModule<TResult> load<TResult>(byte[] bytes, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Open(bytes, new Device(device_type, (int)device_index)));
        public static ScriptModule<TResult> load<TResult>(string filename, Device map_location) => new(Open(filename, map_location));
        public static ScriptModule<TResult> load<TResult>(byte[] bytes, Device map_location) => new(Open(bytes, map_location));
        public static ScriptModule<TResult> load<TResult>(string filename, string map_location) => new(Open(filename, map_location));
        public static ScriptModule<TResult> load<TResult>(byte[] bytes, string map_location) => new(Open(bytes, map_location));

        public static ScriptModule<T1, TResult> load<T1, TResult>(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Open(filename, new Device(device_type, (int)device_index)));
        public static ScriptModule<T1, TResult> load<T1, TResult>(byte[] bytes, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Open(bytes, new Device(device_type, (int)device_index)));
        public static ScriptModule<T1, TResult> load<T1, TResult>(string filename, Device map_location) => new(Open(filename, map_location));
        public static ScriptModule<T1, TResult> load<T1, TResult>(byte[] bytes, Device map_location) => new(Open(bytes, map_location));
        public static ScriptModule<T1, TResult> load<T1, TResult>(string filename, string map_location) => new(Open(filename, map_location));
        public static ScriptModule<T1, TResult> load<T1, TResult>(byte[] bytes, string map_location) => new(Open(bytes, map_location));

        public static ScriptModule<T1, T2, TResult> load<T1, T2, TResult>(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Open(filename, new Device(device_type, (int)device_index)));
        public static ScriptModule<T1, T2, TResult> load<T1, T2, TResult>(byte[] bytes, DeviceType device_type = DeviceType.CPU, long device_index = -1) =>
            new(Open(bytes, new Device(device_type, (int)device_index)));
        public static ScriptModule<T1, T2, TResult> load<T1, T2, TResult>(string filename, Device map_location) => new(Open(filename, map_location));
        public static ScriptModule<T1, T2, TResult> load<T1, T2, TResult>(byte[] bytes, Device map_location) => new(Open(bytes, map_location));
        public static ScriptModule<T1, T2, TResult> load<T1, T2, TResult>(string filename, string map_location) => new(Open(filename, map_location));
        public static ScriptModule<T1, T2, TResult> load<T1, T2, TResult>(byte[] bytes, string map_location) => new(Open(bytes, map_location));

        public static void save(ScriptModule module, string filename) => Door.ModuleSave(module.NativeModule, filename);

        private static ModuleHandle Open(string filename, Device device)
        {
            if (!File.Exists(filename))
                throw new FileNotFoundException($"There is no file {filename}.", filename);
            return Door.ModuleLoad(filename, Number(device));
        }

        private static ModuleHandle Open(byte[] bytes, Device device) => Door.ModuleRead(bytes, Number(device));

        private static int Number(Device device) => Door.Device((int)InitializeDevice(device).type, device.index);
    }
}

using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    // Files of one tensor: LibTorch's (save, load) and TorchSharp's (Load; Save is an extension method).
    public partial class Tensor
    {
        /// <summary>Reads what <see cref="save"/> wrote.</summary>
        public static Tensor load(string location) => new(Door.TensorLoad(location));

        public static Tensor Load(string location)
        {
            using var stream = File.OpenRead(location);
            return Load(stream);
        }

        public static Tensor Load(Stream stream)
        {
            using var reader = new BinaryReader(stream);
            return Load(reader);
        }

        public static Tensor Load(BinaryReader reader)
        {
            var (type, shape) = TensorFormat.ReadHeader(reader);
            var tensor = torch.empty(shape, type, CPU);
            TensorFormat.ReadInto(tensor, shape, reader, skip: false);
            return tensor;
        }

        public void save(string location)
        {
            Door.TensorSave(Handle, location);
            GC.KeepAlive(this);
        }
    }
}

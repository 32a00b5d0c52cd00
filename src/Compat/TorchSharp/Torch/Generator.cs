using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers.</summary>
    public class Generator : IDisposable
    {
        private readonly GeneratorHandle generator;

        public Generator(ulong seed = 0, Device? device = null)
            : this(Door.GeneratorNew(Number(device ?? CPU), (long)seed), device ?? CPU)
        {
        }

        private Generator(GeneratorHandle generator, Device device)
        {
            this.generator = generator;
            this.device = device;
        }

        ~Generator() => Dispose(false);

        /// <summary>The one that functions use when they are given none; seeded by <see cref="torch.manual_seed"/>.</summary>
        public static Generator Default => new(Door.GeneratorDefault(Number(CPU)), CPU);

        public IntPtr Handle => generator.IsClosed ? 0 : generator.DangerousGetHandle();

        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            Door.GeneratorSetSeed(generator, seed);
            return this;
        }

        public long seed()
        {
            var seed = DateTime.UtcNow.Ticks;
            Door.GeneratorSetSeed(generator, seed);
            return seed;
        }

        public long initial_seed() => Door.GeneratorGetSeed(generator);

        public Tensor get_state() => new(Door.GeneratorGetState(generator));

        public void set_state(Tensor value)
        {
            Door.GeneratorSetState(generator, value.Handle);
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (disposing)
                generator.Dispose();
        }

        private static int Number(Device device) => Door.Device((int)device.type, device.index);
    }
}

namespace Fovea.Native;

public static unsafe partial class Door
{
    /// <summary>Seeds the default generator of every device.</summary>
    public static void Seed(long seed) => Check(Exports.fovea_seed(seed));

    /// <summary>A new generator of a device (<see cref="Device(int, int)"/>).</summary>
    public static GeneratorHandle GeneratorNew(int device, long seed)
    {
        nint result;
        Check(Exports.fovea_generator_new(device, seed, &result));
        return new GeneratorHandle(result);
    }

    /// <summary>A handle of a device's default generator.</summary>
    public static GeneratorHandle GeneratorDefault(int device)
    {
        nint result;
        Check(Exports.fovea_generator_default(device, &result));
        return new GeneratorHandle(result);
    }

    /// <summary>Seeds a generator.</summary>
    public static void GeneratorSetSeed(GeneratorHandle generator, long seed) =>
        With(generator, handle => Check(Exports.fovea_generator_set_seed(handle, seed)));

    /// <summary>The seed a generator was given last.</summary>
    public static long GeneratorGetSeed(GeneratorHandle generator)
    {
        long result = 0;
        With(generator, handle =>
        {
            long seed;
            Check(Exports.fovea_generator_get_seed(handle, &seed));
            result = seed;
        });
        return result;
    }

    /// <summary>The generator's state: a tensor of bytes.</summary>
    public static nint GeneratorGetState(GeneratorHandle generator)
    {
        nint result = 0;
        With(generator, handle =>
        {
            nint state;
            Check(Exports.fovea_generator_get_state(handle, &state));
            result = state;
        });
        return result;
    }

    /// <summary>Restores a state that <see cref="GeneratorGetState"/> gave.</summary>
    public static void GeneratorSetState(GeneratorHandle generator, nint state) =>
        With(generator, handle => Check(Exports.fovea_generator_set_state(handle, state)));

    /// <summary>Keeps a handle alive, and refuses a disposed one, for the length of a call.</summary>
    private static void With(System.Runtime.InteropServices.SafeHandle owner, Action<nint> call)
    {
        ArgumentNullException.ThrowIfNull(owner);
        var added = false;
        try
        {
            owner.DangerousAddRef(ref added);
            call(owner.DangerousGetHandle());
        }
        finally
        {
            if (added)
            {
                owner.DangerousRelease();
            }
        }
    }
}

using System.Text;

namespace Fovea.Native;

/// <summary>An operator of LibTorch's dispatcher. Found once, called often, from any thread; lives as long as the process.</summary>
public sealed unsafe class Operator
{
    private readonly nint handle;
    private string? schema;

    private Operator(nint handle, string name)
    {
        this.handle = handle;
        Name = name;
    }

    /// <summary>Name and overload, as in "aten::add.Tensor".</summary>
    public string Name { get; }

    /// <summary>The schema as LibTorch prints it.</summary>
    public string Schema => schema ??= NativeText.Read((buffer, capacity) => Exports.fovea_operator_schema(handle, buffer, capacity));

    /// <summary>Finds an operator.</summary>
    /// <param name="name">As in "aten::add".</param>
    /// <param name="overload">As in "Tensor"; empty for the one without a name.</param>
    /// <exception cref="NativeException">There is none; the message names the overloads there are.</exception>
    public static Operator Find(string name, string overload = "")
    {
        Door.Check(TryFind(name, overload, out var found));
        return found!;
    }

    /// <summary>Finds an operator that this LibTorch may be too old for; null where it is not there.</summary>
    public static Operator? FindOrNull(string name, string overload = "")
    {
        var status = TryFind(name, overload, out var found);
        if (status != (int)NativeStatus.NotFound)
        {
            Door.Check(status);
        }

        return found;
    }

    /// <summary>Calls the operator.</summary>
    /// <param name="arguments">The leading arguments; those that follow take the schema's defaults.</param>
    /// <param name="results">Room for the results. Tensors belong to the caller (<see cref="Door.TensorFree"/>), arrays of list results too (<see cref="Door.ListFree"/>).</param>
    /// <param name="count">Results written.</param>
    /// <exception cref="NativeException">LibTorch refused the call, or an argument does not fit the schema.</exception>
    public void Call(ReadOnlySpan<Value> arguments, Span<Value> results, out int count)
    {
        var room = results.Length;
        fixed (Value* first = arguments)
        fixed (Value* result = results)
        {
            var status = Exports.fovea_operator_call(handle, first, arguments.Length, result, &room);
            if (status != 0)
            {
                Door.Throw(status);
            }
        }

        count = room;
    }

    /// <summary>Calls an operator with one tensor result and gives that; 0 for an undefined one. Allocates nothing managed.</summary>
    /// <exception cref="NativeException">LibTorch refused the call, or an argument does not fit the schema.</exception>
    public nint Call(ReadOnlySpan<Value> arguments) => Call(arguments, out _);

    /// <summary>Calls an operator with one tensor result and gives that; 0 for an undefined one. Allocates nothing managed.</summary>
    /// <param name="arguments">The leading arguments; those that follow take the schema's defaults.</param>
    /// <param name="kibibytes">Native memory that came with the result, in KiB rounded up; 0 where other tensors hold it too (a view).</param>
    /// <exception cref="NativeException">LibTorch refused the call, or an argument does not fit the schema.</exception>
    public nint Call(ReadOnlySpan<Value> arguments, out int kibibytes)
    {
        Value result;
        var room = 1;
        fixed (Value* first = arguments)
        {
            var status = Exports.fovea_operator_call(handle, first, arguments.Length, &result, &room);
            if (status != 0)
            {
                Door.Throw(status);
            }
        }

        if (room != 1 || result.Tag != ValueTag.Tensor)
        {
            Release(result, room);
        }

        kibibytes = result.Length;
        return result.Pointer;
    }

    /// <inheritdoc/>
    public override string ToString() => Schema;

    private static int TryFind(string name, string overload, out Operator? found)
    {
        found = null;
        nint handle;
        fixed (byte* nameBytes = Door.Text(name))
        fixed (byte* overloadBytes = Door.Text(overload))
        {
            var status = Exports.fovea_operator_find(nameBytes, overloadBytes, &handle);
            if (status == 0)
            {
                found = new Operator(handle, overload.Length == 0 ? name : $"{name}.{overload}");
            }

            return status;
        }
    }

    /// <summary>The one result is no tensor, so nobody will own it: free what is owned, then say so.</summary>
    private void Release(in Value result, int count)
    {
        if (count > 0)
        {
            Door.Release(result);
        }

        throw new NativeException(NativeStatus.BadArgument, $"{Schema} has no single tensor result; ask for its results with a span");
    }
}

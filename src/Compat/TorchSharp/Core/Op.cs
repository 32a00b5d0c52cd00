using System.Runtime.CompilerServices;
using Fovea.Native;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// An operator of LibTorch by its name in the dispatcher, resolved at the first call. Results are owned by what comes
/// back and registered with the current dispose scope.
/// </summary>
internal sealed unsafe class Op(string name, string overload = "")
{
    private Operator? found;

    private Operator Operator => found ?? Find();

    public Tensor Call(in Arg a)
    {
        fixed (byte* pa = &a.Items)
        {
            var arguments = a.At(pa);
            var result = Operator.Call(new ReadOnlySpan<Value>(in arguments), out var kibibytes);
            GC.KeepAlive(a.Owner);
            return new Tensor(result, kibibytes, register: true);
        }
    }

    public Tensor Call(in Arg a, in Arg b)
    {
        fixed (byte* pa = &a.Items, pb = &b.Items)
        {
            var arguments = stackalloc Value[2] { a.At(pa), b.At(pb) };
            var result = Operator.Call(new ReadOnlySpan<Value>(arguments, 2), out var kibibytes);
            GC.KeepAlive(a.Owner);
            GC.KeepAlive(b.Owner);
            return new Tensor(result, kibibytes, register: true);
        }
    }

    public Tensor Call(in Arg a, in Arg b, in Arg c)
    {
        fixed (byte* pa = &a.Items, pb = &b.Items, pc = &c.Items)
        {
            var arguments = stackalloc Value[3] { a.At(pa), b.At(pb), c.At(pc) };
            var result = Operator.Call(new ReadOnlySpan<Value>(arguments, 3), out var kibibytes);
            GC.KeepAlive(a.Owner);
            GC.KeepAlive(b.Owner);
            GC.KeepAlive(c.Owner);
            return new Tensor(result, kibibytes, register: true);
        }
    }

    public Tensor Call(
        in Arg a, in Arg b, in Arg c, in Arg d, in Arg e = default, in Arg f = default, in Arg g = default,
        in Arg h = default, in Arg i = default, in Arg j = default, in Arg k = default, in Arg l = default)
    {
        Value result;
        Run(new Span<Value>(&result, 1), a, b, c, d, e, f, g, h, i, j, k, l);
        return new Tensor(result);
    }

    /// <summary>Calls an operator that changes its first argument and returns it: that same object.</summary>
    public Tensor InPlace(
        Tensor self, in Arg b = default, in Arg c = default, in Arg d = default, in Arg e = default, in Arg f = default,
        in Arg g = default)
    {
        Value result;
        Run(new Span<Value>(&result, 1), self, b, c, d, e, f, g, default, default, default, default, default);
        Door.TensorFree(result.Pointer);
        return self;
    }

    public (Tensor, Tensor) Call2(
        in Arg a, in Arg b = default, in Arg c = default, in Arg d = default, in Arg e = default, in Arg f = default,
        in Arg g = default, in Arg h = default, in Arg i = default)
    {
        var results = stackalloc Value[2];
        Run(new Span<Value>(results, 2), a, b, c, d, e, f, g, h, i, default, default, default);
        return (new Tensor(results[0]), new Tensor(results[1]));
    }

    public (Tensor, Tensor, Tensor) Call3(
        in Arg a, in Arg b = default, in Arg c = default, in Arg d = default, in Arg e = default, in Arg f = default,
        in Arg g = default, in Arg h = default, in Arg i = default)
    {
        var results = stackalloc Value[3];
        Run(new Span<Value>(results, 3), a, b, c, d, e, f, g, h, i, default, default, default);
        return (new Tensor(results[0]), new Tensor(results[1]), new Tensor(results[2]));
    }

    public (Tensor, Tensor, Tensor, Tensor) Call4(
        in Arg a, in Arg b = default, in Arg c = default, in Arg d = default, in Arg e = default, in Arg f = default)
    {
        var results = stackalloc Value[4];
        Run(new Span<Value>(results, 4), a, b, c, d, e, f, default, default, default, default, default, default);
        return (new Tensor(results[0]), new Tensor(results[1]), new Tensor(results[2]), new Tensor(results[3]));
    }

    /// <summary>Calls an operator whose result is a list of tensors.</summary>
    public Tensor[] CallList(in Arg a, in Arg b = default, in Arg c = default, in Arg d = default)
    {
        Value result;
        Run(new Span<Value>(&result, 1), a, b, c, d, default, default, default, default, default, default, default, default);
        var handles = (nint*)result.Pointer;
        var tensors = new Tensor[result.Length];
        for (var n = 0; n < tensors.Length; n++)
            tensors[n] = new Tensor(handles[n]);
        Door.ListFree(result.Pointer);
        return tensors;
    }

    /// <summary>Calls an operator whose result is a number or a truth value.</summary>
    public Value CallValue(in Arg a, in Arg b = default, in Arg c = default, in Arg d = default, in Arg e = default)
    {
        Value result;
        Run(new Span<Value>(&result, 1), a, b, c, d, e, default, default, default, default, default, default, default);
        return result;
    }

    /// <summary>Calls an operator without a result.</summary>
    public void CallNothing(in Arg a, in Arg b = default)
    {
        Value result;
        Run(new Span<Value>(&result, 1), a, b, default, default, default, default, default, default, default, default, default, default);
    }

    /// <summary>Calls an operator and gives the handle itself, which no scope knows and the caller frees.</summary>
    public nint Raw(in Arg a, in Arg b = default, in Arg c = default, in Arg d = default, in Arg e = default)
    {
        Value result;
        Run(new Span<Value>(&result, 1), a, b, c, d, e, default, default, default, default, default, default, default);
        return result.Pointer;
    }

    private void Run(
        Span<Value> results, in Arg a, in Arg b, in Arg c, in Arg d, in Arg e, in Arg f, in Arg g, in Arg h, in Arg i,
        in Arg j, in Arg k, in Arg l)
    {
        fixed (byte* pa = &a.Items, pb = &b.Items, pc = &c.Items, pd = &d.Items, pe = &e.Items, pf = &f.Items)
        fixed (byte* pg = &g.Items, ph = &h.Items, pi = &i.Items, pj = &j.Items, pk = &k.Items, pl = &l.Items)
        {
            var arguments = stackalloc Value[12]
            {
                a.At(pa), b.At(pb), c.At(pc), d.At(pd), e.At(pe), f.At(pf),
                g.At(pg), h.At(ph), i.At(pi), j.At(pj), k.At(pk), l.At(pl),
            };
            var count = 12;
            while (arguments[count - 1].Tag == ValueTag.Default)
                count--;
            Operator.Call(new ReadOnlySpan<Value>(arguments, count), results, out _);
            GC.KeepAlive(a.Owner);
            GC.KeepAlive(b.Owner);
            GC.KeepAlive(c.Owner);
            GC.KeepAlive(d.Owner);
            GC.KeepAlive(e.Owner);
            GC.KeepAlive(f.Owner);
            GC.KeepAlive(g.Owner);
            GC.KeepAlive(h.Owner);
            GC.KeepAlive(i.Owner);
            GC.KeepAlive(j.Owner);
            GC.KeepAlive(k.Owner);
            GC.KeepAlive(l.Owner);
        }
    }

    // Two threads may both look it up; they find the same operator.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Operator Find() => found = Operator.Find("aten::" + name, overload);
}

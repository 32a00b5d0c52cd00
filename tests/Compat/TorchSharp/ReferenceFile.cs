using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Tests.Compat;

/// <summary>
/// Numbers that PyTorch made: a safetensors file of <c>tests/Reference/torchsharp</c>, its keys as the script's
/// <c>record</c> writes them ("case/input0", "case/output0", "case/cotangent", "case/grad0").
/// </summary>
internal sealed class ReferenceFile
{
    private readonly byte[] file;
    private readonly int start;
    private readonly Dictionary<string, (string Type, long[] Shape, int From, int To)> entries = [];

    public ReferenceFile(string name)
    {
        file = File.ReadAllBytes(TestData.Reference($"torchsharp/{name}.safetensors"));
        start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, start - 8));
        foreach (var entry in header.RootElement.EnumerateObject())
        {
            var offsets = entry.Value.GetProperty("data_offsets");
            entries[entry.Name] = (
                entry.Value.GetProperty("dtype").GetString()!,
                [.. entry.Value.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())],
                offsets[0].GetInt32(),
                offsets[1].GetInt32());
        }
    }

    /// <summary>The names before the last slash of every input and output.</summary>
    public IEnumerable<string> Cases => entries.Keys.Select(key => key[..key.IndexOf('/')]).Distinct();

    /// <summary>What stands behind a prefix: "case/state/" gives the keys of the case's state.</summary>
    public IEnumerable<string> Below(string prefix) =>
        entries.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => key[prefix.Length..]);

    public bool Has(string key) => entries.ContainsKey(key);

    public Tensor Tensor(string key)
    {
        var (type, shape, from, to) = entries[key];
        var bytes = file.AsSpan(start + from, to - from);
        return type switch
        {
            "F64" => tensor(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), shape),
            "F32" => tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), shape),
            "I64" => tensor(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), shape),
            _ => throw new NotSupportedException($"{key} is of type {type}."),
        };
    }

    /// <summary>"case/input0", "case/input1", ... as far as they go.</summary>
    public Tensor[] List(string @case, string kind)
    {
        var tensors = new List<Tensor>();
        while (Has($"{@case}/{kind}{tensors.Count}"))
            tensors.Add(Tensor($"{@case}/{kind}{tensors.Count}"));
        return [.. tensors];
    }
}

using Fovea.Native;
using ModuleHandle = Fovea.Native.ModuleHandle; // System has one too

namespace Fovea.Tests.Native;

public sealed unsafe class FileTests : DoorTest
{
    private readonly string folder = Directory.CreateTempSubdirectory("fovea-native-").FullName;

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [SkippableTheory]
    [InlineData("state.pth")]
    [InlineData("state-legacy.pth")]
    [InlineData("checkpoint.pth")]
    public void DictRead_FileOfTorchSave_GivesNamesAndTensors(string file)
    {
        using var dict = Door.DictRead(TestData.Reference("native/" + file));
        var tensors = Enumerable.Range(0, Door.DictCount(dict)).ToDictionary(i => Door.DictName(dict, i), i => Own(Door.DictTensor(dict, i)));

        Assert.Equal(["weight", "transposed", "part", "half", "bfloat", "num_batches_tracked", "flags", "bytes", "empty"], tensors.Keys);
        Assert.Equal([2, 3, 4], Door.TensorSizes(tensors["weight"]));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => i / 8f), Read(tensors["weight"]));
        Assert.Equal([6, 4], Door.TensorSizes(tensors["transposed"]));
        Assert.Equal([0, 6, 12, 18, 1, 7], Read(tensors["transposed"])[..6]);
        Assert.Equal([5, 6, 7, 8], Read(tensors["part"]));
        Assert.Equal((5, new[] { 0.5f, -2 }), (Door.TensorDescribe(tensors["half"]).DType, Read(tensors["half"])), Same);
        Assert.Equal((15, new[] { 1.5f, -3 }), (Door.TensorDescribe(tensors["bfloat"]).DType, Read(tensors["bfloat"])), Same);
        Assert.Equal((4, new[] { 7f }), (Door.TensorDescribe(tensors["num_batches_tracked"]).DType, Read(tensors["num_batches_tracked"])), Same);
        Assert.Equal((11, new[] { 1f, 0, 1 }), (Door.TensorDescribe(tensors["flags"]).DType, Read(tensors["flags"])), Same);
        Assert.Equal((0, new[] { 0f, 128, 255 }), (Door.TensorDescribe(tensors["bytes"]).DType, Read(tensors["bytes"])), Same);
        Assert.Equal([0, 3], Door.TensorSizes(tensors["empty"]));
    }

    [SkippableFact]
    public void DictRead_OtherThings_SaysWhatTheyAre()
    {
        Assert.Contains("save model.state_dict()", Fails(NativeStatus.BadData, () => Door.DictRead(TestData.Reference("native/whole-model.pth"))).Message);
        Assert.Contains("TorchScript", Fails(NativeStatus.BadData, () => Door.DictRead(TestData.Reference("native/script.pt"))).Message);
        Assert.Contains("no file of torch.save", Fails(NativeStatus.BadData, () => Door.DictRead(TestData.Reference("native/numbers.json"))).Message);
        Assert.Contains("empty", Fails(NativeStatus.BadData, () => Door.DictRead(Written([]))).Message);
        Fails(NativeStatus.BadData, () => Door.DictRead(folder));
        Fails(NativeStatus.NotFound, () => Door.DictRead(Path.Combine(folder, "none.pth")));
    }

    [SkippableTheory]
    [InlineData("state.pth")]
    [InlineData("state-legacy.pth")]
    public void DictRead_TruncatedAnywhere_IsRefused(string file)
    {
        var whole = File.ReadAllBytes(TestData.Reference("native/" + file));
        for (var length = 0; length < whole.Length; length++)
        {
            var path = Written(whole.AsSpan(0, length));
            Assert.Throws<NativeException>(() => Door.DictRead(path).Dispose());
        }
    }

    [SkippableTheory]
    [InlineData("state.pth")]
    [InlineData("state-legacy.pth")]
    public void DictRead_FlippedBytes_NeverCrashes(string file)
    {
        var whole = File.ReadAllBytes(TestData.Reference("native/" + file));
        var random = new Random(3);
        for (var round = 0; round < 2000; round++)
        {
            var flipped = (byte[])whole.Clone();
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
            }

            var path = Written(flipped);
            try
            {
                using var dict = Door.DictRead(path);
                for (var i = 0; i < Door.DictCount(dict); i++)
                {
                    var tensor = Door.DictTensor(dict, i);
                    Read(tensor); // touches every element it claims to have
                    Door.TensorFree(tensor);
                }
            }
            catch (NativeException e)
            {
                Assert.Contains(e.Status, (NativeStatus[])[NativeStatus.BadData, NativeStatus.Error, NativeStatus.OutOfMemory]);
            }
        }
    }

    [SkippableFact]
    public void DictTensor_IndexOutOfRange_IsRefused()
    {
        using var dict = Door.DictRead(TestData.Reference("native/state.pth"));

        Fails(NativeStatus.BadArgument, () => Door.DictTensor(dict, 9));
        Fails(NativeStatus.BadArgument, () => Door.DictTensor(dict, -1));
        Assert.Equal("", Door.DictName(dict, 9));
    }

    [SkippableFact]
    public void TensorSave_ThenLoad_GivesTheSame()
    {
        var path = Path.Combine(folder, "täst.pt");

        Door.TensorSave(Tensor([1, 2, 3, 4], 2, 2), path);
        var loaded = Own(Door.TensorLoad(path));

        Assert.Equal([2, 2], Door.TensorSizes(loaded));
        Assert.Equal([1, 2, 3, 4], Read(loaded));
        Fails(NativeStatus.NotFound, () => Door.TensorLoad(Path.Combine(folder, "none.pt")));
        Fails(NativeStatus.BadData, () => Door.TensorLoad(Written("not a tensor"u8)));
        Fails(NativeStatus.Error, () => Door.TensorSave(loaded, Path.Combine(folder, "no folder", "x.pt")));
    }

    [SkippableFact]
    public void ModuleCall_Forward_DependsOnTheMode()
    {
        using var module = Door.ModuleLoad(TestData.Reference("native/script.pt"));
        var x = Tensor([1, 2]);

        Assert.True(Door.ModuleIsTraining(module));
        Assert.Equal([12, 26], Read(CallOne(module, "forward", Value.Tensor(x))));
        Door.ModuleTrain(module, false);
        Assert.False(Door.ModuleIsTraining(module));
        Assert.Equal([2, 6], Read(CallOne(module, "forward", Value.Tensor(x))));
    }

    [SkippableFact]
    public void ModuleCall_TupleAndDict_AreGivenByTheirItems()
    {
        using var module = Door.ModuleRead(File.ReadAllBytes(TestData.Reference("native/script.pt")), Door.Device(0));
        nint* list = stackalloc nint[] { Tensor([1, 2]), Tensor([10, 20]) };
        var results = new Value[2];

        Door.ModuleCall(module, "both", [Value.Tensor(list[0])], results, out var count);
        Assert.Equal(2, count);
        Assert.Equal([2, 4], Read(Own(results[0].Pointer)));
        Assert.Equal([10, 20], Read(Own(results[1].Pointer)));

        Door.ModuleCall(module, "named", [Value.TensorList(list, 2)], results, out count);
        Assert.Equal(2, count);
        Assert.Equal([11, 22], Read(Own(results[0].Pointer)));
        Assert.Equal([1, 2], Read(Own(results[1].Pointer)));
    }

    [SkippableFact]
    public void ModuleCall_WrongUse_IsRefused()
    {
        using var module = Door.ModuleLoad(TestData.Reference("native/script.pt"));
        var x = Value.Tensor(Tensor([1, 2]));

        Fails(NativeStatus.NotFound, () => Door.ModuleCall(module, "nothing", [x], new Value[1], out _));
        Fails(NativeStatus.BadArgument, () => Door.ModuleCall(module, "forward", [x, x], new Value[1], out _));
        Fails(NativeStatus.BadArgument, () => Door.ModuleCall(module, "forward", [], new Value[1], out _));
        Fails(NativeStatus.BadArgument, () => Door.ModuleCall(module, "both", [x], new Value[1], out _)); // two results
        Assert.Contains("as it should", Fails(NativeStatus.Error, () => Door.ModuleCall(module, "fails", [x], new Value[1], out _)).Message);
    }

    [SkippableFact]
    public void ModuleState_ParametersAndBuffers_AreNamed()
    {
        using var module = Door.ModuleLoad(TestData.Reference("native/script.pt"));
        using var parameters = Door.ModuleState(module, buffers: false);
        using var buffers = Door.ModuleState(module, buffers: true);

        Assert.Equal((1, "scale"), (Door.DictCount(parameters), Door.DictName(parameters, 0)));
        Assert.Equal([2, 3], Read(Own(Door.DictTensor(parameters, 0))));
        Assert.Equal((1, "shift"), (Door.DictCount(buffers), Door.DictName(buffers, 0)));
    }

    [SkippableFact]
    public void ModuleTo_AnotherType_ConvertsParameters()
    {
        using var module = Door.ModuleLoad(TestData.Reference("native/script.pt"));

        Door.ModuleTo(module, dtype: 7);
        Door.ModuleTo(module, Door.Device(0));
        Door.ModuleTo(module, Door.Device(0), 7);
        using var parameters = Door.ModuleState(module, buffers: false);

        Assert.Equal(7, Door.TensorDescribe(Own(Door.DictTensor(parameters, 0))).DType);
        Fails(NativeStatus.BadArgument, () => Door.ModuleTo(module, dtype: 999));
    }

    [SkippableFact]
    public void ModuleSave_ThenLoad_GivesTheSame()
    {
        var path = Path.Combine(folder, "copy.pt");
        using (var module = Door.ModuleLoad(TestData.Reference("native/script.pt")))
        {
            Door.ModuleTrain(module, false);
            Door.ModuleSave(module, path);
        }

        using var loaded = Door.ModuleLoad(path);
        Assert.Equal([2, 6], Read(CallOne(loaded, "forward", Value.Tensor(Tensor([1, 2])))));
    }

    [SkippableFact]
    public void ModuleLoad_WhatIsNone_IsRefused()
    {
        Fails(NativeStatus.NotFound, () => Door.ModuleLoad(Path.Combine(folder, "none.pt")));
        Fails(NativeStatus.BadData, () => Door.ModuleLoad(Written("no module"u8)));
        Fails(NativeStatus.BadData, () => Door.ModuleRead("no module"u8));
        Fails(NativeStatus.BadArgument, () => Door.ModuleRead([]));
        Fails(NativeStatus.BadArgument, () => Door.ModuleLoad(TestData.Reference("native/script.pt"), Door.Device(200)));
    }

    private static bool Same((int DType, float[] Values) a, (int DType, float[] Values) b) => a.DType == b.DType && a.Values.SequenceEqual(b.Values);

    private nint CallOne(ModuleHandle module, string method, Value argument)
    {
        var results = new Value[1];
        Door.ModuleCall(module, method, [argument], results, out var count);
        Assert.Equal(1, count);
        return Own(results[0].Pointer);
    }

    private string Written(ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(folder, "file.bin");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}

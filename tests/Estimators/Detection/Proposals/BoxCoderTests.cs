using Fovea.Detection.Proposals;
using static Fovea.Tests.Detection.Torchvision;
using static TorchSharp.torch;

namespace Fovea.Tests.Detection.Proposals;

public class BoxCoderTests
{
    public static TheoryData<int> Cases => [0, 1];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encode_Boxes_GivesTorchvisionsCodes(int number)
    {
        using var scope = NewDisposeScope();
        var wanted = Numbers.Codes.Cases[number];
        var codes = Coder(wanted).Encode(BoxesOf(Numbers.Codes.Boxes), BoxesOf(Numbers.Codes.Others));
        Same(wanted.Encoded, codes, 2e-5); // codes to 30, float32
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decode_CodesUpToBeyondTheBound_GivesTorchvisionsBoxesAndGradients(int number)
    {
        using var scope = NewDisposeScope();
        var wanted = Numbers.Codes.Cases[number];
        var codes = (Noise("codes", 6, 4) * 12 * wanted.Side).requires_grad_();
        var decoded = Coder(wanted).Decode(codes, BoxesOf(Numbers.Codes.Others));
        // Corners up to some thousand pixels, 7 digits.
        Same(wanted.Decoded, decoded, wanted.Decoded.Max(Math.Abs) * 3e-7);
        (decoded * Noise("weights", 6, 4)).sum().backward();
        Same(wanted.Gradient, codes.grad!, wanted.Gradient.Max(Math.Abs) * 3e-7);
    }

    [Fact]
    public void Decode_WhatEncodeGave_IsTheBox()
    {
        using var scope = NewDisposeScope();
        var (boxes, anchors) = (SomeBoxes("boxes", 50), SomeBoxes("others", 50));
        var coder = new BoxCoder(10, 5);
        TensorAssert.Close(boxes, coder.Decode(coder.Encode(boxes, anchors), anchors), 1e-4); // corners to 150, sides to 50 times as large
    }

    [Fact]
    public void Decode_HugeCodes_StayFinite()
    {
        using var scope = NewDisposeScope();
        var decoded = new BoxCoder(1, 1).Decode(tensor(new[] { 0, 0, 1e30f, 1e30f }, [1, 4]), tensor(new float[] { 0, 0, 16, 16 }, [1, 4]));
        TensorAssert.Close(tensor(new float[] { -492, -492, 508, 508 }, [1, 4]), decoded, 1e-3); // 16 pixels grow to 1,000
    }

    private static BoxCoder Coder(CodeCase c) => new(c.Center, c.Side);
}

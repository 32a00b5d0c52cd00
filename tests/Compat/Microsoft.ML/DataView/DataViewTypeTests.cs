using System.Collections.Immutable;
using Microsoft.ML.Data;

namespace Fovea.Tests.Compat.DataView;

public sealed class DataViewTypeTests
{
    public static TheoryData<DataViewType, Type, string> Types() => new()
    {
        { NumberDataViewType.Single, typeof(float), "Single" },
        { NumberDataViewType.Byte, typeof(byte), "Byte" },
        { NumberDataViewType.Int64, typeof(long), "Int64" },
        { TextDataViewType.Instance, typeof(ReadOnlyMemory<char>), "String" },
        { BooleanDataViewType.Instance, typeof(bool), "Boolean" },
        { DateTimeDataViewType.Instance, typeof(DateTime), "DateTime" },
        { DateTimeOffsetDataViewType.Instance, typeof(DateTimeOffset), "DateTimeOffset" },
        { TimeSpanDataViewType.Instance, typeof(TimeSpan), "TimeSpan" },
        { RowIdDataViewType.Instance, typeof(DataViewRowId), "DataViewRowId" },
        { new KeyDataViewType(typeof(byte), 3), typeof(byte), "Key<Byte, 0-2>" },
        { new VectorDataViewType(TextDataViewType.Instance), typeof(VBuffer<ReadOnlyMemory<char>>), "Vector<String>" },
        { new VectorDataViewType(NumberDataViewType.Single, 4), typeof(VBuffer<float>), "Vector<Single, 4>" },
        { new VectorDataViewType(NumberDataViewType.Byte, 2, 0, 3), typeof(VBuffer<byte>), "Vector<Byte, 2, *, 3>" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Type_ToString_NamesItsItemsAndSizes(DataViewType type, Type rawType, string text)
    {
        Assert.Equal(rawType, type.RawType);
        Assert.Equal(text, type.ToString());
    }

    [Fact]
    public void Vector_SizeAndDimensions_AreTheProduct()
    {
        var known = new VectorDataViewType(NumberDataViewType.Single, 3, 4, 5);
        var variable = new VectorDataViewType(NumberDataViewType.Single, ImmutableArray.Create(3, 0));

        Assert.Equal((60, true), (known.Size, known.IsKnownSize));
        Assert.Equal((0, false), (variable.Size, variable.IsKnownSize));
        Assert.Equal([3, 4, 5], known.Dimensions.ToArray());
        Assert.Equal([0], new VectorDataViewType(NumberDataViewType.Single).Dimensions.ToArray());
    }

    [Fact]
    public void Types_WithTheSameContent_AreEqual()
    {
        Assert.Equal(new KeyDataViewType(typeof(uint), 7), new KeyDataViewType(typeof(uint), 7UL));
        Assert.NotEqual(new KeyDataViewType(typeof(uint), 7), new KeyDataViewType(typeof(uint), 8));
        Assert.NotEqual(new KeyDataViewType(typeof(uint), 7), new KeyDataViewType(typeof(byte), 7));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2, 3), new VectorDataViewType(NumberDataViewType.Single, 2, 3));
        Assert.NotEqual(new VectorDataViewType(NumberDataViewType.Single, 2, 3), new VectorDataViewType(NumberDataViewType.Single, 6));
        Assert.Equal(
            new VectorDataViewType(NumberDataViewType.Single, 2, 3).GetHashCode(), new VectorDataViewType(NumberDataViewType.Single, 2, 3).GetHashCode());
        Assert.False(NumberDataViewType.Single.Equals(NumberDataViewType.Double));
    }

    [Fact]
    public void Key_CountOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(uint), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(byte), 256));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyDataViewType(typeof(int), 3));
        Assert.True(KeyDataViewType.IsValidDataType(typeof(ushort)));
        Assert.False(KeyDataViewType.IsValidDataType(typeof(long)));
    }

    [Fact]
    public void Vector_NegativeSize_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VectorDataViewType(NumberDataViewType.Single, -1));

    [Fact]
    public void Primitive_DisposableRawType_Throws() => Assert.Throws<ArgumentException>(() => new StreamType());

    // The hexadecimal digits are what Microsoft.ML 5.0.0 gives.
    [Fact]
    public void RowId_Derived_IsThatOfMurmurHash()
    {
        var id = new DataViewRowId(3, 5);

        Assert.Equal("00000000000000050000000000000003", id.ToString());
        Assert.Equal("00000010ae99deff00000000cadce742", id.Next().ToString());
        Assert.Equal("00000010ae99deff34e09d0ba102197a", id.Fork().ToString());
        Assert.Equal("5fb1cab7d8043a3207b508e4fc024b40", id.Combine(new DataViewRowId(7, 9)).ToString());
        Assert.True(id.CompareTo(new DataViewRowId(9, 4)) > 0);
    }

    private sealed class StreamType() : PrimitiveDataViewType(typeof(Stream))
    {
        public override bool Equals(DataViewType? other) => ReferenceEquals(this, other);
    }
}

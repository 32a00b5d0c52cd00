using Fovea.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Fovea.Tests.Data;

public class MaskColumnTests
{
    private static DataViewSchema Schema(Action<DataViewSchema.Builder> add)
    {
        var schema = new DataViewSchema.Builder();
        add(schema);
        return schema.ToSchema();
    }

    private static DataViewSchema Annotated(Action<DataViewSchema.Annotations.Builder> add)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        add(annotations);
        return Schema(s => s.AddColumn("Mask", TextDataViewType.Instance, annotations.ToAnnotations()));
    }

    public static TheoryData<MaskClasses> All =>
    [
        new MaskClasses("one"),
        new MaskClasses("a", "b", "c") { IgnoreIndex = 255 },
        new MaskClasses("black", "white") { Values = [0, 255] },
        new MaskClasses("a", "b") { Values = [3, 1], IgnoreIndex = 0 },
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void AddTo_Classes_AreReadBackFromTheAnnotations(MaskClasses classes)
    {
        var schema = Schema(s => MaskColumn.AddTo(s, "Mask", classes));
        var column = MaskColumn.Find(schema, "Mask");
        Assert.IsType<TextDataViewType>(column.Type);
        Assert.Equal(classes, MaskColumn.Classes(column));
    }

    [Fact]
    public void Classes_ColumnWithoutNames_AreNull()
    {
        var column = Schema(s => MaskColumn.AddTo(s, "Mask", null))["Mask"];
        Assert.Null(MaskColumn.Classes(column));
        Assert.Contains("'Mask'", Assert.Throws<ArgumentException>(() => MaskColumn.RequireClasses(column)).Message);
    }

    [Fact]
    public void Find_TypesOfImages_AreAccepted()
    {
        foreach (DataViewType type in new DataViewType[] { TextDataViewType.Instance, new VectorDataViewType(NumberDataViewType.Byte), new ImageDataViewType() })
            Assert.Equal(type, MaskColumn.Find(Schema(s => MaskColumn.AddTo(s, "Mask", new MaskClasses("a"), type)), "Mask").Type);
    }

    [Fact]
    public void Find_ColumnThatIsNotThere_NamesTheOthers() =>
        Assert.Contains("'Other'", Assert.Throws<ArgumentException>(() => MaskColumn.Find(Schema(s => s.AddColumn("Other", TextDataViewType.Instance)), "Mask")).Message);

    [Fact]
    public void Find_ColumnOfNumbers_SaysWhatIsWanted() =>
        Assert.Contains("index PNG", Assert.Throws<ArgumentException>(() => MaskColumn.Find(Schema(s => s.AddColumn("Mask", NumberDataViewType.Single)), "Mask")).Message);

    [Fact]
    public void Classes_AnnotationOfAnotherType_IsNamed()
    {
        var annotations = MaskColumn.Annotations(new MaskClasses("a"));
        var schema = Annotated(b =>
        {
            b.Add(annotations, _ => true);
            b.AddPrimitiveValue("IgnoreIndex", NumberDataViewType.Single, 255f);
        });
        var message = Assert.Throws<ArgumentException>(() => MaskColumn.Classes(schema["Mask"])).Message;
        Assert.Contains("IgnoreIndex", message);
        Assert.Contains("Int32", message);
    }

    [Fact]
    public void Classes_AnnotationsThatContradictEachOther_AreNamed()
    {
        var annotations = MaskColumn.Annotations(new MaskClasses("a", "b"));
        var schema = Annotated(b =>
        {
            b.Add(annotations, _ => true);
            b.AddPrimitiveValue("IgnoreIndex", NumberDataViewType.Int32, 256);
        });
        Assert.Contains("256", Assert.Throws<ArgumentException>(() => MaskColumn.Classes(schema["Mask"])).Message);
    }

    [Fact]
    public void Problems_EveryViolatedBound_IsNamed()
    {
        var problems = new MaskClasses("a", "", "a") { IgnoreIndex = -1, Values = [1, 1] }.Problems().ToList();
        Assert.Equal(5, problems.Count);
        foreach (var part in new[] { "class 1", "'a' is there 2 times", "it is -1", "they are 2", "1 is there 2 times" })
            Assert.Contains(problems, p => p.Contains(part));
        Assert.Single(new MaskClasses().Problems());
        Assert.Single(new MaskClasses([.. LabelColumn.Numbers(255)]).Problems());
        Assert.Empty(new MaskClasses([.. LabelColumn.Numbers(254)]).Problems());
    }

    [Fact]
    public void Lookup_Indices_GiveClassesIgnoredAndUnknown()
    {
        var lookup = new MaskLookup(new MaskClasses("a", "b") { IgnoreIndex = 11 });
        byte[] pixels = [0, 1, 11, 2, 255];
        Assert.Equal(3, lookup.Apply(pixels));
        Assert.Equal([0, 1, MaskLookup.Ignored, MaskLookup.Unknown, MaskLookup.Unknown], pixels);
    }

    [Fact]
    public void Lookup_Values_GiveClasses()
    {
        var classes = new MaskClasses("black", "white") { Values = [0, 255] };
        byte[] pixels = [255, 0, 255];
        Assert.Equal(-1, new MaskLookup(classes).Apply(pixels));
        Assert.Equal([1, 0, 1], pixels);
        Assert.Equal(255, MaskLookup.RawValue(classes, 1));
    }

    [Fact]
    public void Lookup_IgnoredClass_CountsNowhere() =>
        Assert.Equal(MaskLookup.Ignored, new MaskLookup(new MaskClasses("a", "void") { IgnoreIndex = 1 }).Classes[1]);

    [Fact]
    public void NoClass_SaysWhereAndWhatIsKnown()
    {
        var message = new MaskLookup(new MaskClasses("a", "b") { IgnoreIndex = 11 }).NoClass("'m.png'", 7, 3, 4).Message;
        foreach (var part in new[] { "'m.png'", "value 7 at (3, 4)", "0 to 1", "11" })
            Assert.Contains(part, message);
    }
}

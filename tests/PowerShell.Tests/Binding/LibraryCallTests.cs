using Fovea.PowerShell;

namespace Fovea.Tests.Binding;

public class LibraryCallTests
{
    [Fact]
    public void Invoke_SomeArguments_KeepsTheOthersDefaults() =>
        Assert.Equal(new Augmentation().ColorJitter(contrast: 0.5).ToString(), LibraryCall.Invoke<Augmentation>(new Augmentation(), "ColorJitter", ("contrast", 0.5), ("hue", null)).ToString());

    [Fact]
    public void Invoke_ThrowingMethod_ThrowsItsOwnException() =>
        Assert.ThrowsAny<ArgumentException>(() => LibraryCall.Invoke<Augmentation>(new Augmentation(), "Shift", ("pixels", -1)));

    [Fact]
    public void Invoke_NoSuchArgument_SaysWhich() =>
        Assert.Contains("Augmentation.Shift with size", Assert.Throws<MissingMethodException>(() => LibraryCall.Invoke<Augmentation>(new Augmentation(), "Shift", ("size", 1))).Message);
}

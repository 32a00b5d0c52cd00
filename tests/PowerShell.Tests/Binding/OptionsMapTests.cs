using System.Management.Automation;
using System.Reflection;
using Fovea.PowerShell;

namespace Fovea.Tests.Binding;

/// <summary>Every training cmdlet against its options record, by reflection: nothing is left out, nothing has a second default, and bounds are the record's.</summary>
public class OptionsMapTests
{
    /// <summary>
    /// Options that are no parameters: columns have the loaders' names, histograms of weights are for logs that a cmdlet does not write, and the rest is what the cmdlet
    /// itself is for.
    /// </summary>
    private static readonly string[] notParameters =
        ["Progress", "Cancellation", "ParametersEvery", "Network", "Augmentation", "Loader", "UNet", "Yolo", "Convolutional", "MaskBytesColumn", "ProbabilityColumn"];

    public static TheoryData<Type, Type> Commands => new()
    {
        { typeof(InvokeTrainCnnCommand), typeof(CnnOptions) },
        { typeof(InvokeTrainSegmentationCommand), typeof(SegmentationOptions) },
        { typeof(InvokeTrainDetectorCommand), typeof(DetectionOptions) },
        { typeof(InvokeTrainAutoencoderCommand), typeof(AutoencoderOptions) },
        { typeof(InvokeTrainGanCommand), typeof(GanOptions) },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Parameters_OfACommand_CoverItsOptions(Type command, Type options)
    {
        var set = OptionsMap.Places(command, options).Select(p => p.Place.Group is { } group ? $"{group.Name}.{p.Place.Option.Name}" : p.Place.Option.Name).ToHashSet();
        var wanted = Options(options).Where(o => !notParameters.Contains(o) && !o.EndsWith("Column", StringComparison.Ordinal));
        // A GAN has no validation, and its options say so.
        string[] validation = ["ValidationFraction", "ValidationSet", "Patience", "RestoreBestWeights"];
        var missing = wanted.Except(set).Except(options == typeof(GanOptions) ? validation : []).ToList();
        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Fill_NothingGiven_GivesTheRecordsDefaults(Type command, Type options)
    {
        var filled = Fill(Activator.CreateInstance(command)!, options);
        var fresh = Activator.CreateInstance(options)!;
        foreach (var (_, place) in OptionsMap.Places(command, options))
            Assert.Equal(Read(place, fresh), Read(place, filled));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Fill_EachParameter_SetsItsOptionAlone(Type command, Type options)
    {
        foreach (var (parameter, place) in OptionsMap.Places(command, options))
        {
            if (Sample(parameter.PropertyType) is not { } value)
                continue;
            var bound = Activator.CreateInstance(command)!;
            parameter.SetValue(bound, value);
            var filled = Fill(bound, options);
            var changed = OptionsMap.Places(command, options).Where(p => !Equals(Read(p.Place, filled), Read(p.Place, Activator.CreateInstance(options)!))).Select(p => p.Parameter.Name);
            // The sample may be the default itself.
            var others = changed.Except([parameter.Name]).ToList();
            Assert.Empty(others);
            Assert.Equal(value is SwitchParameter ? true : value, Read(place, filled));
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Fill_NumbersOutOfBounds_AreNamedByTheRecordsOwnMessage(Type command, Type options)
    {
        foreach (var (parameter, place) in OptionsMap.Places(command, options))
        {
            object? outside = (Nullable.GetUnderlyingType(parameter.PropertyType) ?? parameter.PropertyType) switch
            {
                var t when t == typeof(int) && parameter.Name is not ("Seed" or "LoaderThreads") => -1,
                var t when t == typeof(double) => double.NaN,
                var t when t == typeof(long) => -2L,
                _ => null,
            };
            if (outside is null)
                continue;
            var bound = Activator.CreateInstance(command)!;
            parameter.SetValue(bound, outside);
            if (parameter.Name == "Patience")
                parameter.DeclaringType!.GetProperty("ValidationFraction")!.SetValue(bound, 0.5);
            var problems = Problems(Fill(bound, options));
            // The loader's messages speak of its threads, cache and batches instead of properties.
            Assert.True(problems.Any(p => p.Contains(place.Option.Name) || (place.Group?.Name == "Loader" && p.Contains("loader"))), $"{command.Name} -{parameter.Name} {outside}: {string.Join("; ", problems)}");
        }
    }

    [Fact]
    public void Fill_GroupOfASharedRecord_LeavesThatAlone()
    {
        var bound = new InvokeTrainSegmentationCommand { UNetWidth = 8 };
        var filled = OptionsMap.Fill<SegmentationOptions>(bound, p => p);
        Assert.Equal((8, 64), (filled.UNet.Width, new SegmentationOptions().UNet.Width));
    }

    [Fact]
    public void Fill_PathOfTheSession_IsResolved()
    {
        var filled = OptionsMap.Fill<CnnOptions>(new InvokeTrainCnnCommand { InitialWeights = "a.pth", LoaderDiskCache = "cache" }, p => $"/here/{p}");
        Assert.Equal(("/here/a.pth", "/here/cache"), (filled.InitialWeights, filled.Loader.DiskCache));
    }

    private static IEnumerable<string> Options(Type options)
    {
        foreach (var property in options.GetProperties().Where(p => p.SetMethod is { IsPublic: true }))
        {
            yield return property.Name;
            if (property.Name is "Loader" or "UNet" or "Yolo" or "Convolutional")
                foreach (var inner in property.PropertyType.GetProperties().Where(p => p.SetMethod is { IsPublic: true }))
                    yield return $"{property.Name}.{inner.Name}";
        }
    }

    private static object Fill(object command, Type options) =>
        typeof(OptionsMap).GetMethod(nameof(OptionsMap.Fill))!.MakeGenericMethod(options).Invoke(null, [command, (Func<string, string>)(p => p)])!;

    // Lists and records of lists compare by reference, their JSON by what is in them.
    private static object? Read(OptionPlace place, object options)
    {
        var value = place.Option.GetValue(place.Group is { } group ? group.GetValue(options) : options);
        return value is FasterRcnnOptions or IReadOnlyList<int> ? System.Text.Json.JsonSerializer.Serialize(value) : value;
    }

    private static List<string> Problems(object options) => [.. (IEnumerable<string>)options.GetType().GetMethod("Problems")!.Invoke(options, null)!];

    private static object? Sample(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int) => 7,
        var t when t == typeof(long) => 7L,
        var t when t == typeof(double) => 0.25,
        var t when t == typeof(bool) => false,
        var t when t == typeof(string) => "text",
        var t when t == typeof(SwitchParameter) => new SwitchParameter(true),
        { IsEnum: true } t => Enum.GetValues(t).GetValue(Enum.GetValues(t).Length - 1),
        _ => null,
    };
}

namespace Fovea.Reporting;

/// <summary>
/// 255 colors that differ as much as so many can, for any kind of color vision: the seven of Okabe and Ito (2008), and further ones that
/// colors.py chose and printed. The nearest two of the first 20 are 16 apart (CIE 1976, the worst of four kinds of sight), of the first 60
/// 8.7 and of all 3.9; some 2.3 are just noticed side by side.
/// </summary>
internal static class DistinctColors
{
    public const int Count = 255;

    private static readonly byte[] _table = Convert.FromHexString("""
        e69f0056b4e9009e73f0e4420072b2d55e00cc79a78700f05a1e00c3f0c33c2d5a69ff879678ffe1004b002da5963c00
        784b69b4a54b4b693cffb4d287c3875a0078d200b4872d87960fd2c3e15a7896f0a5d2ffa55a96781e3c5a961e4bffff
        69001e00d21e964bff78e187783c1ef087a5d26969b487c396b469964bd2d2a5d2c35ad25a2d96c30f78a5d269ff4b87
        0000ffb4874bb40f2d4b00c3874b5ab44b003c5a964be1a5691e4b4b0087e187e1a5f0a578c3b496ff78a55a4b2db496
        00875a3c87d25a3cb4ff4b3c2d5ae1871e004b1e696900b4d24b8787782dffb43c87e1e1a5a5ffb40ff0e1f05a69e1f0
        004b3cd24b6996d2b4ff8769d2b44b961e78e15ab4003c1e964ba569a5d25a692db4009669a55a3c3cc3962d4bf0d296
        a5ff0087c3ff002d781e00a53c00e1e11eb4005a1ee14bffc3c3788769c3872d5af0691e4b3c69e1d200a5e169ffa596
        780f2d69005a96f0d269b4784b00965a0f4ba54b69a52de1b469a54b2d6987f0e1a5963c2d5a2d9669e1c3b41e2d69ff
        c396c3c35a5a871e4b964b78c3a53c783c69c36996e12dc3692d5aff3c2d5a2d7896c3f0e17896e1c35a3c784b3c2de1
        691e87b4f0b47896d2b4e1b4f0a5c3a53c87693ca5d2f069c387ff965a1ec31e3cb44b87ff6978003c8796c396d2e14b
        d296004b4b87a578e12d4b0fe1a5e1b44b5a6987f087b45a78000fff69d2f00f2de14b78b4e178c34b78a50f1eb4783c
        c31ea5783cc35aa58778d2d2c3875a7869004b1e9600d2e1784bc3960f2d690fd2692da54bc3a596f01ee14ba55a3cff
        c3b478c3a5f0b478b4f096a569b4a5f0c387780fc3965ab4965ae187d296b42d4ba5e1c3a56969a51ed2a587e1e18796
        5a00a5961ee1870fb4e1a587d2d24b4b69a569ffe1c35a96b4964b690f2d4bf0964b5a0f6987c300878769008778874b
        b42d96c33c1e000fb4ff965aa5c35a69c3c3c3694b96e1ff5a4bd25a1e3c87d2f0f05ac3c3962d78e1d2ff782dd287b4
        c35af0f05af0b4d2a5d27887e1b4e1965ad2c31effd2c34be1f09678ff69965af0873c5ad22d87d28769964b3c
        """.ReplaceLineEndings(""));

    /// <param name="index">0 to 254.</param>
    public static Color At(int index) => new(_table[index * 3], _table[index * 3 + 1], _table[index * 3 + 2]);
}

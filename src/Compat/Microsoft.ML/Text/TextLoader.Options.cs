namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>How lines are cut into fields, and which fields make which columns.</summary>
    public class Options
    {
        /// <summary>A separator within double quotes belongs to the field.</summary>
        public bool AllowQuoting;

        /// <summary>A line may say "number of fields, then index:value pairs".</summary>
        public bool AllowSparse;

        /// <summary>Fields of a line, where it is not to be found out.</summary>
        public int? InputSize;

        public char[] Separators = ['\t'];

        /// <summary>A point or a comma.</summary>
        public char DecimalMarker = '.';

        public Column[] Columns;

        /// <summary>Blanks at the end of lines are cut off.</summary>
        public bool TrimWhitespace;

        public bool HasHeader;

        public bool UseThreads = true;

        /// <summary>A quoted field may contain line ends.</summary>
        public bool ReadMultilines;

        public string HeaderFile;

        public long? MaxRows;

        /// <summary>What stands before a quote within a quoted field.</summary>
        public char EscapeChar = '"';

        /// <summary>An empty or absent real is NaN instead of 0.</summary>
        public bool MissingRealsAsNaNs;

        public Options() { }
    }
}

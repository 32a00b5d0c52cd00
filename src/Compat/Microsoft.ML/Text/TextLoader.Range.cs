using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>Fields by index, first and last included.</summary>
    public sealed class Range
    {
        public int Min;

        /// <summary>Null: one field, unless the range goes to the end of the line.</summary>
        public int? Max;

        /// <summary>To the end of the line; all lines are equally long.</summary>
        public bool AutoEnd;

        /// <summary>To the end of the line, wherever that is.</summary>
        public bool VariableEnd;

        /// <summary>Without the fields that other columns have.</summary>
        public bool AllOther;

        /// <summary>A vector even of one field.</summary>
        public bool ForceVector;

        public Range() { }

        public Range(int index)
        {
            Check.Param(index >= 0, nameof(index), "Must be non-negative");
            Min = index;
            Max = index;
        }

        public Range(int min, int? max)
        {
            Check.Param(min >= 0, nameof(min), "Must be non-negative");
            Check.Param(!(max < min), nameof(max), "If specified, must be greater than or equal to min");
            Min = min;
            Max = max;
            ForceVector = true;
            AutoEnd = max is null;
        }
    }
}

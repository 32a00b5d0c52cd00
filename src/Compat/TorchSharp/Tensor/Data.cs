using System.Runtime.CompilerServices;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    // The elements as .NET sees them.
    public unsafe partial class Tensor
    {
        /// <summary>The raw bytes of a contiguous tensor in CPU memory; valid while the tensor lives.</summary>
        public Span<byte> bytes
        {
            get
            {
                var length = ByteCount;
                return length <= int.MaxValue
                    ? new Span<byte>(Memory(), (int)length)
                    : throw new ArgumentException($"A span holds {int.MaxValue} bytes; the tensor has {length}.");
            }

            set
            {
                if (value.Length != ByteCount)
                    throw new ArgumentException($"The tensor has {ByteCount} bytes; {value.Length} were given.");
                value.CopyTo(new Span<byte>(Memory(), value.Length));
            }
        }

        private long ByteCount => numel() * ElementSize;

        /// <summary>The elements in logical order, read and written in place; of a tensor elsewhere, a copy in CPU memory.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the type of the elements.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(is_cpu() ? this : cpu());
        }

        /// <exception cref="ArgumentException">It has not exactly one element, or of another type.</exception>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException($"A single value is asked of a tensor with {numel()} elements.");
            ValidateType(typeof(T));
            if (is_cpu())
                return *(T*)Pointer();
            using var local = cpu();
            return *(T*)local.Pointer();
        }

        /// <summary>The value of a tensor of one element.</summary>
        public Scalar ToScalar() => Scalar.Of(Aten.item.CallValue(this));

        public double ReadCpuDouble(long i) => TensorAccessor<double>.ReadItemAt(this, i);

        public float ReadCpuSingle(long i) => TensorAccessor<float>.ReadItemAt(this, i);

        public int ReadCpuInt32(long i) => TensorAccessor<int>.ReadItemAt(this, i);

        public long ReadCpuInt64(long i) => TensorAccessor<long>.ReadItemAt(this, i);

        public byte ReadCpuByte(long i) => TensorAccessor<byte>.ReadItemAt(this, i);

        public sbyte ReadCpuSByte(long i) => TensorAccessor<sbyte>.ReadItemAt(this, i);

        public short ReadCpuInt16(long i) => TensorAccessor<short>.ReadItemAt(this, i);

        public bool ReadCpuBool(long i) => TensorAccessor<bool>.ReadItemAt(this, i);

        public T ReadCpuValue<T>(long i)
            where T : unmanaged => TensorAccessor<T>.ReadItemAt(this, i);

        public float ReadCpuFloat16(long i)
        {
            CheckIndex(i);
            return (float)TensorAccessor<Half>.ReadItemAt(this, i);
        }

        public float ReadCpuBFloat16(long i)
        {
            CheckIndex(i);
            using var single = to_type(ScalarType.Float32);
            return TensorAccessor<float>.ReadItemAt(single, i);
        }

        /// <summary>A <see cref="Scalar"/> of a tensor without dimensions, nested lists of scalars of any other.</summary>
        public object tolist()
        {
            if (ndim == 0)
                return ToScalar();
            var list = new System.Collections.ArrayList();
            foreach (var part in unbind())
            {
                using (part)
                    list.Add(part.tolist());
            }

            return list;
        }

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            var memory = (byte*)Memory();
            for (long at = 0, length = ByteCount; at < length;)
            {
                var part = (int)Math.Min(length - at, 1 << 20);
                stream.Write(new ReadOnlySpan<byte>(memory + at, part));
                at += part;
            }

            GC.KeepAlive(this);
        }

        /// <exception cref="EndOfStreamException">The stream ends before the tensor is full.</exception>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            var memory = (byte*)Memory();
            for (long at = 0, length = ByteCount; at < length;)
            {
                var part = (int)Math.Min(length - at, 1 << 20);
                stream.ReadExactly(new Span<byte>(memory + at, part));
                at += part;
            }

            GC.KeepAlive(this);
        }

        /// <summary>The first element, wherever the tensor is and however it lies.</summary>
        internal void* Pointer() => (void*)Info.Data;

        internal void ValidateType(Type type)
        {
            var fits = dtype switch
            {
                ScalarType.Byte => type == typeof(byte),
                ScalarType.Int8 => type == typeof(sbyte),
                ScalarType.Int16 => type == typeof(short),
                ScalarType.Int32 => type == typeof(int),
                ScalarType.Int64 => type == typeof(long),
                ScalarType.Bool => type == typeof(bool),
                ScalarType.Float16 => type == typeof(Half),
                ScalarType.Float32 => type == typeof(float),
                ScalarType.Float64 => type == typeof(double),
                ScalarType.ComplexFloat32 => type == typeof((float, float)),
                ScalarType.ComplexFloat64 => type == typeof(System.Numerics.Complex),
                _ => true,
            };
            if (!fits)
                throw new ArgumentException($"{type.Name} is not the type of the elements, which is {dtype}.");
        }

        // Bytes make sense only where they lie in this process and in logical order.
        private void* Memory()
        {
            var info = Info;
            if (!info.IsContiguous)
                throw new InvalidOperationException("The bytes of a tensor that is not contiguous are asked for; call contiguous() first.");
            if (info.DeviceType != (int)DeviceType.CPU)
                throw new InvalidOperationException($"The bytes of a tensor on {device} are asked for; move it with cpu() first.");
            return (void*)info.Data;
        }

        private void CheckIndex(long i)
        {
            if (i >= numel())
                throw new IndexOutOfRangeException($"Element {i} is asked of a tensor with {numel()}.");
        }
    }
}

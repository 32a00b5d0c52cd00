using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    // Shape, type, place and layout.
    public partial class Tensor
    {
        public long Dimensions => Info.Dimensions;

        public long dim() => Info.Dimensions;

        public long ndim => Info.Dimensions;

        public long NumberOfElements => Info.Elements;

        public long numel() => Info.Elements;

        public long ElementSize => dtype.ElementSize();

        public long element_size() => dtype.ElementSize();

        public ScalarType dtype => (ScalarType)Info.DType;

        public Device device
        {
            get
            {
                var info = Info;
                return info.DeviceType == (int)DeviceType.CPU ? CPU : new Device((DeviceType)info.DeviceType, info.DeviceIndex);
            }
        }

        public DeviceType device_type => (DeviceType)Info.DeviceType;

        public int device_index => Info.DeviceIndex;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_sparse => Info.IsSparse;

        public bool is_leaf => Info.IsLeaf;

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_contiguous() => Info.IsContiguous;

        public bool is_pinned() => Aten.is_pinned.CallValue(this).Integer != 0;

        /// <exception cref="InvalidOperationException">It has not exactly one element.</exception>
        public bool is_nonzero() => numel() == 1
            ? ToScalar().ToBoolean()
            : throw new InvalidOperationException($"A truth value is asked of a tensor with {numel()} elements; it needs exactly 1.");

        public long[] shape
        {
            get
            {
                var sizes = Door.TensorSizes(Handle);
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long[] size() => shape;

        public long size(int dim) => Aten.size_int.CallValue(this, dim).Integer;

        public long[] stride()
        {
            var strides = Door.TensorStrides(Handle);
            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim) => Aten.stride_int.CallValue(this, dim).Integer;

        internal TensorInfo Info
        {
            get
            {
                var info = Door.TensorDescribe(Handle);
                GC.KeepAlive(this);
                return info;
            }
        }
    }
}

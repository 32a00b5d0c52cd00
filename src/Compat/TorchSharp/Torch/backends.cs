using Fovea.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Switches of the libraries that LibTorch calls.</summary>
    public static partial class backends
    {
        /// <summary>CUDA.</summary>
        public static partial class cuda
        {
            /// <summary>Matrix products.</summary>
            public static partial class matmul
            {
                /// <summary>TensorFloat-32: faster, with 10 bits of mantissa.</summary>
                public static bool allow_tf32
                {
                    get => Door.GetSetting(TorchSetting.CudaMatmulTf32);
                    set => Door.SetSetting(TorchSetting.CudaMatmulTf32, value);
                }
            }
        }

        /// <summary>cuDNN.</summary>
        public static partial class cudnn
        {
            /// <summary>TensorFloat-32 in convolutions.</summary>
            public static bool allow_tf32
            {
                get => Door.GetSetting(TorchSetting.CudnnTf32);
                set => Door.SetSetting(TorchSetting.CudnnTf32, value);
            }
        }
    }
}

using System.Runtime.InteropServices;

namespace Fovea.Native;

/// <summary>The functions of fovea.h under their C names. Only blittable types, so that a call is a jump and nothing else.</summary>
/// <remarks>
/// SuppressGCTransition stands only where the native side reads a few fields: no lock, no allocation that matters, no
/// call back into managed code.
/// </remarks>
internal static unsafe partial class Exports
{
    private const string Torch = NativeLibraries.Torch;
    private const string Image = NativeLibraries.Image;

    static Exports() => NativeLibraries.Register();

    [LibraryImport(Torch)] internal static partial nuint fovea_error(byte* buffer, nuint capacity);

    // the library
    [LibraryImport(Torch)] internal static partial int fovea_describe(NativeDescription* result);
    [LibraryImport(Torch)] internal static partial int fovea_get_threads(int* result);
    [LibraryImport(Torch)] internal static partial int fovea_set_threads(int threads);
    [LibraryImport(Torch)] internal static partial int fovea_setting(int name, int value, int* previous);
    [LibraryImport(Torch)] internal static partial int fovea_cuda_get_device(int index, NativeCudaDevice* result);
    [LibraryImport(Torch)] internal static partial int fovea_cuda_synchronize(int index);
    [LibraryImport(Torch)] internal static partial int fovea_cuda_empty_cache();
    [LibraryImport(Torch)] internal static partial int fovea_get_memory(MemoryFigures* result);
    [LibraryImport(Torch)] internal static partial int fovea_trim_memory();
    [LibraryImport(Torch)] [SuppressGCTransition] internal static partial long fovea_live_tensors();

    // operators
    [LibraryImport(Torch)] internal static partial int fovea_operator_find(byte* name, byte* overload, nint* result);
    [LibraryImport(Torch)] internal static partial nuint fovea_operator_schema(nint op, byte* buffer, nuint capacity);
    [LibraryImport(Torch)] internal static partial int fovea_operator_call(nint op, Value* arguments, int argumentCount, Value* results, int* resultCount);
    [LibraryImport(Torch)] internal static partial void fovea_list_free(nint array);

    // tensors
    [LibraryImport(Torch)] internal static partial void fovea_tensor_free(nint tensor);
    [LibraryImport(Torch)] internal static partial int fovea_tensor_alias(nint tensor, nint* result);
    [LibraryImport(Torch)] internal static partial int fovea_tensor_from_blob(void* memory, long* sizes, long* strides, int dimensions, int dtype, delegate* unmanaged[Cdecl]<void*, void> release, void* context, nint* result);
    [LibraryImport(Torch)] [SuppressGCTransition] internal static partial int fovea_tensor_describe(nint tensor, TensorInfo* result);
    [LibraryImport(Torch)] [SuppressGCTransition] internal static partial int fovea_tensor_sizes(nint tensor, long* sizes, int capacity);
    [LibraryImport(Torch)] [SuppressGCTransition] internal static partial int fovea_tensor_strides(nint tensor, long* strides, int capacity);
    [LibraryImport(Torch)] [SuppressGCTransition] internal static partial int fovea_tensor_is_contiguous(nint tensor, int memoryFormat, int* result);
    [LibraryImport(Torch)] [SuppressGCTransition] internal static partial int fovea_tensor_is_same(nint a, nint b, int* result);

    // autograd
    [LibraryImport(Torch)] internal static partial int fovea_tensor_set_requires_grad(nint tensor, int requiresGrad);
    [LibraryImport(Torch)] internal static partial int fovea_tensor_get_grad(nint tensor, nint* result);
    [LibraryImport(Torch)] internal static partial int fovea_tensor_set_grad(nint tensor, nint grad);
    [LibraryImport(Torch)] internal static partial int fovea_tensor_set_data(nint tensor, nint source);
    [LibraryImport(Torch)] internal static partial int fovea_backward(nint* outputs, nint* gradients, int outputsCount, int retainGraph, int createGraph);
    [LibraryImport(Torch)] internal static partial int fovea_grad(nint* outputs, nint* gradients, int outputsCount, nint* inputs, int inputsCount, int retainGraph, int createGraph, int allowUnused, nint* results);
    [LibraryImport(Torch)] [SuppressGCTransition] internal static partial int fovea_grad_mode(int enabled, int* previous);
    [LibraryImport(Torch)] internal static partial int fovea_inference_mode_enter(int enabled, nint* guard);
    [LibraryImport(Torch)] internal static partial int fovea_inference_mode_leave(nint guard);
    [LibraryImport(Torch)] [SuppressGCTransition] internal static partial int fovea_inference_mode_is(int* result);
    [LibraryImport(Torch)] internal static partial int fovea_anomaly_mode(int enabled, int* previous);
    [LibraryImport(Torch)] internal static partial int fovea_autocast(int device, int enabled, int dtype, int* previousEnabled, int* previousDtype);

    // random numbers
    [LibraryImport(Torch)] internal static partial int fovea_seed(long seed);
    [LibraryImport(Torch)] internal static partial int fovea_generator_new(int device, long seed, nint* result);
    [LibraryImport(Torch)] internal static partial int fovea_generator_default(int device, nint* result);
    [LibraryImport(Torch)] internal static partial void fovea_generator_free(nint generator);
    [LibraryImport(Torch)] internal static partial int fovea_generator_set_seed(nint generator, long seed);
    [LibraryImport(Torch)] internal static partial int fovea_generator_get_seed(nint generator, long* result);
    [LibraryImport(Torch)] internal static partial int fovea_generator_get_state(nint generator, nint* result);
    [LibraryImport(Torch)] internal static partial int fovea_generator_set_state(nint generator, nint state);

    // optimizer steps
    [LibraryImport(Torch)] internal static partial int fovea_sgd_step(NativeSgd* options, int count, nint* parameters, nint* gradients, nint* momentumBuffers);
    [LibraryImport(Torch)] internal static partial int fovea_adam_step(NativeAdam* options, int count, nint* parameters, nint* gradients, nint* averages, nint* squareAverages, nint* maximumSquareAverages);

    // prediction
    [LibraryImport(Torch)] internal static partial int fovea_convolution_pack(nint weight, nint bias, long* stride, long* padding, long* dilation, long groups, long* sizes, int relu, nint* result);
    [LibraryImport(Torch)] internal static partial int fovea_convolution_run(nint convolution, nint images, nint* result);
    [LibraryImport(Torch)] internal static partial void fovea_convolution_free(nint convolution);
    [LibraryImport(Torch)] internal static partial int fovea_add_relu(nint sum, nint other);

    // files of PyTorch
    [LibraryImport(Torch)] internal static partial int fovea_tensor_save(nint tensor, byte* path);
    [LibraryImport(Torch)] internal static partial int fovea_tensor_load(byte* path, nint* result);
    [LibraryImport(Torch)] internal static partial int fovea_module_load(byte* path, int device, nint* result);
    [LibraryImport(Torch)] internal static partial int fovea_module_read(byte* file, nuint length, int device, nint* result);
    [LibraryImport(Torch)] internal static partial int fovea_module_save(nint module, byte* path);
    [LibraryImport(Torch)] internal static partial void fovea_module_free(nint module);
    [LibraryImport(Torch)] internal static partial int fovea_module_call(nint module, byte* method, Value* arguments, int argumentCount, Value* results, int* resultCount);
    [LibraryImport(Torch)] internal static partial int fovea_module_train(nint module, int training);
    [LibraryImport(Torch)] internal static partial int fovea_module_is_training(nint module, int* result);
    [LibraryImport(Torch)] internal static partial int fovea_module_to(nint module, int device, int dtype);
    [LibraryImport(Torch)] internal static partial int fovea_module_state(nint module, int buffers, nint* result);
    [LibraryImport(Torch)] internal static partial int fovea_dict_read(byte* path, nint* result);
    [LibraryImport(Torch)] internal static partial void fovea_dict_free(nint dict);
    [LibraryImport(Torch)] internal static partial int fovea_dict_count(nint dict, int* result);
    [LibraryImport(Torch)] internal static partial nuint fovea_dict_name(nint dict, int index, byte* buffer, nuint capacity);
    [LibraryImport(Torch)] internal static partial int fovea_dict_tensor(nint dict, int index, nint* result);

    // images
    [LibraryImport(Image)] internal static partial nuint fovea_image_error(byte* buffer, nuint capacity);
    [LibraryImport(Image)] internal static partial int fovea_image_probe(byte* file, nuint length, ImageHeader* result);
    [LibraryImport(Image)] internal static partial int fovea_image_size(byte* file, nuint length, NativeImageRequest* request, int* width, int* height);
    [LibraryImport(Image)] internal static partial int fovea_image_decode(byte* file, nuint length, NativeImageRequest* request, byte* pixels, nuint stride, nuint capacity);
    [LibraryImport(Image)] internal static partial int fovea_image_encode(int format, byte* pixels, int width, int height, int channels, nuint stride, int quality, byte** result, nuint* resultLength);
    [LibraryImport(Image)] internal static partial int fovea_image_encode_index(byte* indices, int width, int height, nuint stride, byte* palette, int count, byte** result, nuint* resultLength);
    [LibraryImport(Image)] internal static partial void fovea_image_free(byte* encoded);
}

/*
 * fovea.h: the whole C interface between .NET and native code.
 *
 * Two libraries stand behind it. libfovea (everything but the last section) is linked against the LibTorch of this
 * machine, from 1.13 on. libfovea_image (the last section) needs libjpeg-turbo and libpng only, so images can be
 * decoded where LibTorch comes from a package.
 *
 * Conventions
 *   Result   Every function that can fail returns 0, or a fovea_status; results come through out-pointers, which are
 *            written only on success. fovea_error / fovea_image_error copy the message of the last failure on the
 *            calling thread.
 *   Owner    A pointer that comes back belongs to the caller, who gives it to the matching *_free. Arguments are
 *            borrowed for the call. Every *_free accepts NULL.
 *   Thread   Any function may be called from any thread. One object must not be changed by two threads at once;
 *            gradient mode, inference mode and autocast belong to the calling thread.
 */
#ifndef FOVEA_H
#define FOVEA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FOVEA_API __attribute__((visibility("default")))

/* Raised by every change of a function or struct below; the managed side refuses another number. */
#define FOVEA_ABI 2

typedef enum fovea_status {
  FOVEA_OK = 0,
  FOVEA_ERROR = 1,            /* LibTorch or the operating system said no; the message is theirs */
  FOVEA_BAD_ARGUMENT = 2,     /* a null pointer, an unknown tag, a value out of range */
  FOVEA_NOT_FOUND = 3,        /* no such operator, file or device */
  FOVEA_OUT_OF_MEMORY = 4,
  FOVEA_BAD_DATA = 5,         /* a file or buffer that is not what it should be */
  FOVEA_TOO_LARGE = 6         /* above a stated limit; nothing was allocated */
} fovea_status;

typedef struct fovea_tensor fovea_tensor;        /* an at::Tensor on the heap: what TorchSharp's Tensor.Handle points to */
typedef struct fovea_operator fovea_operator;    /* an operator of the dispatcher; lives as long as the process */
typedef struct fovea_generator fovea_generator;  /* an at::Generator on the heap */
typedef struct fovea_convolution fovea_convolution; /* a convolution made ready for prediction */
typedef struct fovea_module fovea_module;        /* a TorchScript module */
typedef struct fovea_dict fovea_dict;            /* names and tensors read from a PyTorch file */

/* Copies the calling thread's last message, cut to capacity and ended by 0, and returns its whole length in bytes. */
FOVEA_API size_t fovea_error(char* buffer, size_t capacity);
FOVEA_API int fovea_abi(void);                                       /* FOVEA_ABI of the library; callable before fovea_start */

/* ---- the library ----------------------------------------------------------------------------------------------- */

/*
 * Must be called before anything else here; later calls do nothing. threads: 0 = the cores available to the process.
 * keep_memory: 1 = freed tensor memory stays with the process (glibc otherwise returns it after every step).
 * FOVEA_THREADS, ATEN_CPU_CAPABILITY and FOVEA_KEEP_MEMORY=0 in the environment win over the arguments, OMP_NUM_THREADS
 * over the number of cores.
 */
FOVEA_API int fovea_start(int threads, int keep_memory);

typedef struct fovea_description {
  int32_t torch_major, torch_minor, torch_patch;
  int32_t threads;            /* intra-op */
  int32_t cores;              /* available to the process (affinity and cgroup quota) */
  int32_t onednn;             /* 1: linked in and usable */
  int32_t bfloat16;           /* bits: 1 AVX512-BF16, 2 AMX, 4 a CUDA device with fast bfloat16 */
  int32_t keeps_memory;
  int32_t cuda_built;         /* this LibTorch was built with CUDA */
  int32_t cuda_devices;
  char cpu_capability[32];    /* "DEFAULT", "AVX2", "AVX512" */
  char cpu_name[96];
  char build[256];            /* BLAS and compiler, from LibTorch's own configuration */
} fovea_description;

FOVEA_API int fovea_describe(fovea_description* out);
FOVEA_API int fovea_get_threads(int* out);                           /* of the calling thread, which is everybody's */
FOVEA_API int fovea_set_threads(int threads);                        /* 1 .. 1024; for every thread of the process, from its next call on */

typedef enum fovea_setting_name {
  FOVEA_DETERMINISTIC = 1,        /* operators without a deterministic kernel are an error */
  FOVEA_ONEDNN = 2,
  FOVEA_CUDNN = 3,
  FOVEA_CUDNN_BENCHMARK = 4,      /* tries its convolution kernels once per shape */
  FOVEA_CUDNN_DETERMINISTIC = 5,
  FOVEA_CUDNN_TF32 = 6,           /* TensorFloat-32 in convolutions */
  FOVEA_CUDA_MATMUL_TF32 = 7      /* TensorFloat-32 in matrix products */
} fovea_setting_name;

/* One of LibTorch's process-wide switches: value 0 or 1 sets it, -1 only asks. previous may be NULL. */
FOVEA_API int fovea_setting(int name, int value, int* previous);

typedef struct fovea_cuda_device {
  char name[128];
  int64_t total_bytes, free_bytes;
  int64_t allocated_bytes, peak_bytes; /* by LibTorch's caching allocator; 0 where the build had no header of the CUDA runtime */
  int32_t major, minor;                                              /* compute capability */
} fovea_cuda_device;

/* FOVEA_NOT_FOUND where there is no such device. */
FOVEA_API int fovea_cuda_get_device(int index, fovea_cuda_device* out);
FOVEA_API int fovea_cuda_synchronize(int index);                     /* -1: the current device; FOVEA_NOT_FOUND as above */
FOVEA_API int fovea_cuda_empty_cache(void);                          /* does nothing where there is no device */

/*
 * CPU memory of tensors above 1 KiB, where freed memory is kept (else zeros). in_use and kept together stay below one and
 * a half times the peak, and 64 MiB; above that what has lain unused for longest goes back to the system.
 */
typedef struct fovea_memory {
  int64_t in_use, kept;       /* bytes */
  int64_t peak;               /* of in_use, since the start or the last fovea_trim_memory */
} fovea_memory;

FOVEA_API int fovea_get_memory(fovea_memory* out);
FOVEA_API int fovea_trim_memory(void);                               /* gives what is kept back to the system */

/* Tensors that live (made by this interface and not freed). For leak tests. */
FOVEA_API int64_t fovea_live_tensors(void);

/* ---- operators -------------------------------------------------------------------------------------------------- */

typedef enum fovea_tag {
  FOVEA_DEFAULT = 0,      /* argument only: the schema's default */
  FOVEA_NONE = 1,
  FOVEA_TENSOR = 2,       /* pointer: fovea_tensor; as a result owned, NULL for an undefined tensor, and length says
                             how much memory came with it: KiB, rounded up; 0 where others hold that storage too */
  FOVEA_INT = 3,          /* integer; dtype, layout and memory format travel as LibTorch's numbers */
  FOVEA_DOUBLE = 4,       /* real */
  FOVEA_BOOL = 5,         /* integer 0 or 1 */
  FOVEA_STRING = 6,       /* pointer: UTF-8, length bytes */
  FOVEA_DEVICE = 7,       /* integer: device type << 8 | (index & 255); index 255 = the current one */
  FOVEA_INT_LIST = 8,     /* pointer: int64_t[length] */
  FOVEA_DOUBLE_LIST = 9,  /* pointer: double[length] */
  FOVEA_BOOL_LIST = 10,   /* pointer: uint8_t[length] */
  FOVEA_TENSOR_LIST = 11, /* pointer: fovea_tensor*[length]; NULL entries where the schema says Tensor?[] */
  FOVEA_GENERATOR = 12    /* pointer: fovea_generator */
} fovea_tag;

typedef struct fovea_value {
  int32_t tag;
  int32_t length;
  union {
    int64_t integer;
    double real;
    const void* pointer;
  } as;
} fovea_value;            /* 16 bytes */

/* name: "aten::add", overload: "Tensor" or "". FOVEA_NOT_FOUND names the overloads there are. Nothing to free. */
FOVEA_API int fovea_operator_find(const char* name, const char* overload, fovea_operator** out);

/* The schema as LibTorch prints it; copied like fovea_error. */
FOVEA_API size_t fovea_operator_schema(const fovea_operator* op, char* buffer, size_t capacity);

/*
 * Calls op with argument_count leading arguments (those that follow take their defaults) and writes its results:
 * result_count is the room on entry and the number of results on return. Numbers are converted to what the schema
 * wants where nothing is lost (int to float or Scalar, one int to int[n]). Owned results: tensors (fovea_tensor_free)
 * and the arrays of list and string results (tensors in them one by one, then fovea_list_free).
 * FOVEA_BAD_ARGUMENT names the argument that does not fit the schema; FOVEA_ERROR is LibTorch's own refusal.
 */
FOVEA_API int fovea_operator_call(const fovea_operator* op, const fovea_value* arguments, int argument_count,
                                  fovea_value* results, int* result_count);

FOVEA_API void fovea_list_free(const void* array);

/* ---- tensors ---------------------------------------------------------------------------------------------------- */

FOVEA_API void fovea_tensor_free(fovea_tensor* tensor);             /* may run the release of a blob, on this thread */

/* A second owner of the same tensor (same storage, same autograd identity). */
FOVEA_API int fovea_tensor_alias(const fovea_tensor* tensor, fovea_tensor** out);

typedef void (*fovea_release)(void* context);

/*
 * Wraps CPU memory without a copy; strides NULL: contiguous, else in elements. release(context) runs once, when the last
 * reference goes, on whichever thread lets go of it (NULL: the memory outlives the tensor); not where this call fails.
 */
FOVEA_API int fovea_tensor_from_blob(void* memory, const int64_t* sizes, const int64_t* strides, int dimensions, int dtype,
                                     fovea_release release, void* context, fovea_tensor** out);

typedef struct fovea_tensor_info {
  void* data;               /* first element; NULL where there is none (empty, meta) */
  int64_t elements;
  int64_t bytes;            /* of the storage it shares */
  int32_t dimensions;
  int32_t dtype;            /* at::ScalarType */
  int32_t device;           /* as FOVEA_DEVICE */
  uint8_t requires_grad, is_leaf, is_contiguous, is_sparse;
} fovea_tensor_info;

FOVEA_API int fovea_tensor_describe(const fovea_tensor* tensor, fovea_tensor_info* out);
/* capacity: room in numbers; FOVEA_BAD_ARGUMENT below the tensor's dimensions. */
FOVEA_API int fovea_tensor_sizes(const fovea_tensor* tensor, int64_t* sizes, int capacity);
FOVEA_API int fovea_tensor_strides(const fovea_tensor* tensor, int64_t* strides, int capacity);
FOVEA_API int fovea_tensor_is_contiguous(const fovea_tensor* tensor, int memory_format, int* out);  /* 0 rows, 2 channels-last, 3 its 3-D kin */
FOVEA_API int fovea_tensor_is_same(const fovea_tensor* a, const fovea_tensor* b, int* out);

/* ---- autograd --------------------------------------------------------------------------------------------------- */

FOVEA_API int fovea_tensor_set_requires_grad(fovea_tensor* tensor, int requires_grad);           /* 0 on a leaf only */
FOVEA_API int fovea_tensor_get_grad(const fovea_tensor* tensor, fovea_tensor** out);             /* NULL where there is none */
FOVEA_API int fovea_tensor_set_grad(fovea_tensor* tensor, const fovea_tensor* grad);             /* grad NULL: removes it */
FOVEA_API int fovea_tensor_set_data(fovea_tensor* tensor, const fovea_tensor* source);           /* as tensor.data = source */

/* gradients[i] belongs to outputs[i]; NULL, or an entry NULL: ones for a scalar. Accumulates into the leaves' grad. */
FOVEA_API int fovea_backward(fovea_tensor* const* outputs, fovea_tensor* const* gradients, int outputs_count,
                             int retain_graph, int create_graph);

/* As torch.autograd.grad; results has room for inputs_count and owns what it gets; an unused input gives NULL where allow_unused, else FOVEA_ERROR. */
FOVEA_API int fovea_grad(fovea_tensor* const* outputs, fovea_tensor* const* gradients, int outputs_count,
                         fovea_tensor* const* inputs, int inputs_count,
                         int retain_graph, int create_graph, int allow_unused, fovea_tensor** results);

FOVEA_API int fovea_grad_mode(int enabled, int* previous);           /* enabled -1: only asks */
/* Left on the thread that entered, the innermost first (else FOVEA_BAD_ARGUMENT); leaving frees the guard. */
FOVEA_API int fovea_inference_mode_enter(int enabled, void** guard);
FOVEA_API int fovea_inference_mode_leave(void* guard);
FOVEA_API int fovea_inference_mode_is(int* out);
FOVEA_API int fovea_anomaly_mode(int enabled, int* previous);
/* device as FOVEA_DEVICE (CPU or CUDA); enabled -1 only asks; dtype bfloat16 or float16, -1 keeps it. Leaving autocast (enabled 0) drops the cache of cast weights. */
FOVEA_API int fovea_autocast(int device, int enabled, int dtype, int* previous_enabled, int* previous_dtype);

/* ---- random numbers --------------------------------------------------------------------------------------------- */

/* device as FOVEA_DEVICE; FOVEA_NOT_FOUND where there is none. A default generator's handle is one more owner of it. */
FOVEA_API int fovea_seed(int64_t seed);                              /* every device */
FOVEA_API int fovea_generator_new(int device, int64_t seed, fovea_generator** out);
FOVEA_API int fovea_generator_default(int device, fovea_generator** out);
FOVEA_API void fovea_generator_free(fovea_generator* generator);
FOVEA_API int fovea_generator_set_seed(fovea_generator* generator, int64_t seed);
FOVEA_API int fovea_generator_get_seed(const fovea_generator* generator, int64_t* out);
FOVEA_API int fovea_generator_get_state(const fovea_generator* generator, fovea_tensor** out);
FOVEA_API int fovea_generator_set_state(fovea_generator* generator, const fovea_tensor* state);

/* ---- optimizer steps: one pass over the memory of each parameter ------------------------------------------------- */

/*
 * count parameters with their gradients (an entry NULL is passed over) and state, all float32, dense, of one device
 * (CPU; elsewhere FOVEA_BAD_ARGUMENT, and the caller uses operators). Formulas as torch.optim of PyTorch 1.13, applied
 * in its order; parameters are changed in place, their version counters rise.
 */
typedef struct fovea_sgd {
  double learning_rate, momentum, dampening, weight_decay;
  int32_t nesterov, maximize;
  int32_t first;              /* 1: momentum buffers are empty and take the gradient as it is */
} fovea_sgd;
FOVEA_API int fovea_sgd_step(const fovea_sgd* options, int count, fovea_tensor* const* parameters,
                             fovea_tensor* const* gradients, fovea_tensor* const* momentum_buffers);

typedef struct fovea_adam {
  double learning_rate, beta1, beta2, epsilon, weight_decay;
  int64_t step;               /* counts from 1 */
  int32_t decoupled;          /* 1: AdamW */
  int32_t amsgrad, maximize;
} fovea_adam;
FOVEA_API int fovea_adam_step(const fovea_adam* options, int count, fovea_tensor* const* parameters,
                              fovea_tensor* const* gradients, fovea_tensor* const* averages,
                              fovea_tensor* const* square_averages, fovea_tensor* const* maximum_square_averages);

/* ---- prediction -------------------------------------------------------------------------------------------------- */

/*
 * A convolution of images with its weights laid out once as oneDNN wants them, float32 or bfloat16, and where relu is 1 with
 * a ReLU on what it writes. weight (O, C/groups, h, w) on the CPU, bias (O) or NULL, both copied; stride, padding and dilation
 * of two numbers each. sizes: N, C, H, W of images to expect; others work too, some more slowly. In float32 windows of 3x3 that
 * move by single pixels take a fourth of the products where that is faster (AVX512, channels that fill its vectors, enough
 * pixels), and are then off by some 1e-6 of their size, not 2e-7; what is not finite reaches 4 pixels around. FOVEA_NOT_FOUND
 * where this LibTorch has no oneDNN. Channels-last out, images of any layout and type in, no gradient. Threads may share one.
 */
FOVEA_API int fovea_convolution_pack(const fovea_tensor* weight, const fovea_tensor* bias, const int64_t* stride, const int64_t* padding,
                                     const int64_t* dilation, int64_t groups, const int64_t* sizes, int relu, fovea_convolution** out);
FOVEA_API int fovea_convolution_run(const fovea_convolution* convolution, const fovea_tensor* images, fovea_tensor** out);
FOVEA_API void fovea_convolution_free(fovea_convolution* convolution);

/* sum = max(sum + other, 0) in one pass: both float32 or both bfloat16, of one shape and dense on the CPU. No gradient. */
FOVEA_API int fovea_add_relu(fovea_tensor* sum, const fovea_tensor* other);

/* ---- files of PyTorch -------------------------------------------------------------------------------------------- */

/* One tensor, as torch::save and TorchSharp's Tensor.save write it. FOVEA_NOT_FOUND and FOVEA_BAD_DATA tell a missing file from a broken one. */
FOVEA_API int fovea_tensor_save(const fovea_tensor* tensor, const char* path);
FOVEA_API int fovea_tensor_load(const char* path, fovea_tensor** out);

/*
 * A TorchScript file; device as FOVEA_DEVICE, -1: as it was saved. Such a file is a program: load those you trust.
 * Arguments and results of a call as with fovea_operator_call; a tuple or dict comes back as its items, and where there is
 * no room for them the call fails after the method has run.
 */
FOVEA_API int fovea_module_load(const char* path, int device, fovea_module** out);
FOVEA_API int fovea_module_read(const uint8_t* file, size_t length, int device, fovea_module** out);
FOVEA_API int fovea_module_save(const fovea_module* module, const char* path);
FOVEA_API void fovea_module_free(fovea_module* module);
FOVEA_API int fovea_module_call(fovea_module* module, const char* method, const fovea_value* arguments, int argument_count,
                                fovea_value* results, int* result_count);
FOVEA_API int fovea_module_train(fovea_module* module, int training);
FOVEA_API int fovea_module_is_training(const fovea_module* module, int* out);
FOVEA_API int fovea_module_to(fovea_module* module, int device, int dtype);               /* -1 keeps */
FOVEA_API int fovea_module_state(const fovea_module* module, int buffers, fovea_dict** out);  /* its own tensors: changing one changes the module */

/*
 * A state dict written by torch.save, as a zip archive or in the older format that torchvision's files have; of a
 * checkpoint the dict under "state_dict", "model_state_dict" or "model". Runs no code of the file: what is no tensor is
 * passed over, and what is no state dict is FOVEA_BAD_DATA and says what it is.
 */
FOVEA_API int fovea_dict_read(const char* path, fovea_dict** out);
FOVEA_API void fovea_dict_free(fovea_dict* dict);
FOVEA_API int fovea_dict_count(const fovea_dict* dict, int* out);
FOVEA_API size_t fovea_dict_name(const fovea_dict* dict, int index, char* buffer, size_t capacity);  /* copied like fovea_error; "" out of range */
FOVEA_API int fovea_dict_tensor(const fovea_dict* dict, int index, fovea_tensor** out);

/* ---- images: libfovea_image -------------------------------------------------------------------------------------- */

typedef enum fovea_channels { FOVEA_GREY = 1, FOVEA_RGB = 3, FOVEA_RGBA = 4 } fovea_channels;
typedef enum fovea_image_format { FOVEA_JPEG = 1, FOVEA_PNG = 2 } fovea_image_format;

typedef struct fovea_image_header {
  int32_t format;             /* fovea_image_format */
  int32_t width, height;      /* as stored, before any rotation */
  int32_t channels;           /* as stored: 1 grey, 2 grey+alpha, 3 RGB (or palette), 4 RGBA or CMYK */
  int32_t bits;               /* a sample, as stored: 1, 2, 4, 8, 16 */
  int32_t is_palette, is_cmyk;
  int32_t orientation;        /* EXIF 1..8; 1 where there is none */
} fovea_image_header;

FOVEA_API size_t fovea_image_error(char* buffer, size_t capacity);
FOVEA_API int fovea_image_abi(void);

/* All of them: FOVEA_BAD_DATA for what is no whole JPEG or PNG, FOVEA_TOO_LARGE above max_pixels, before anything of that size is allocated. */

/* Reads the header only. */
FOVEA_API int fovea_image_probe(const uint8_t* file, size_t length, fovea_image_header* out);

typedef struct fovea_image_request {
  int32_t channels;           /* fovea_channels: what comes out, 8 bits a sample. Palettes are expanded, 16 bits rounded to 8,
                                 CMYK converted, alpha dropped unless RGBA, colors made grey by Rec. 601 (a JPEG's own luma) */
  int32_t min_width, min_height; /* JPEG: decode at the smallest of the codec's scales not below this; 0 = full size */
  int32_t orient;             /* 1: turn by EXIF orientation */
  int32_t raw_index;          /* 1: a palette PNG gives its indices, a grey one of at most 8 bits its values (channels must be FOVEA_GREY) */
  int64_t max_pixels;         /* 0: 178,956,970 */
} fovea_image_request;

/* The size that fovea_image_decode will give for the request. */
FOVEA_API int fovea_image_size(const uint8_t* file, size_t length, const fovea_image_request* request, int* width, int* height);

/* pixels: height rows of stride bytes (0: width * channels), capacity bytes in all. Undefined content where it fails. */
FOVEA_API int fovea_image_decode(const uint8_t* file, size_t length, const fovea_image_request* request,
                                 uint8_t* pixels, size_t stride, size_t capacity);

/* quality: 1..100 for JPEG (RGB or grey), 0..9 (effort of compression) for PNG, -1: 90 and 6. stride 0: width * channels. */
FOVEA_API int fovea_image_encode(int format, const uint8_t* pixels, int width, int height, int channels, size_t stride,
                                 int quality, uint8_t** out, size_t* out_length);

/* An 8-bit palette PNG of class indices; palette: count RGB triples (NULL: a grey PNG of the indices). */
FOVEA_API int fovea_image_encode_index(const uint8_t* indices, int width, int height, size_t stride,
                                       const uint8_t* palette, int count, uint8_t** out, size_t* out_length);
FOVEA_API void fovea_image_free(uint8_t* encoded);

#ifdef __cplusplus
}
#endif
#endif

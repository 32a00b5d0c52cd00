#include "runtime.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <cpuid.h>
#include <dlfcn.h>
#include <torch/cuda.h>
#include <torch/version.h>
#include <unistd.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "cuda.h"
#include "guard.h"
#include "kernels/convolution.h"
#include "kernels/product.h"
#include "values.h"

namespace fovea {

std::atomic<int> thread_generation{0};

bool has_avx512() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma");
}

void* find_beside_torch(const char* name) {
  Dl_info torch{};
  if (dladdr(reinterpret_cast<const void*>(&at::get_num_threads), &torch) == 0) return nullptr;
  void* library = dlopen(torch.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  return library == nullptr ? nullptr : dlsym(library, name);
}

namespace {

std::atomic<int> thread_count{0};
std::atomic<bool> keeps_memory{false};

void set_blas_threads(int threads) {
  // Debian's OpenBLAS has threads of its own and knows nothing of OpenMP's count; another BLAS has no such function.
  static const auto set = reinterpret_cast<void (*)(int)>(find_beside_torch("openblas_set_num_threads"));
  if (set != nullptr) set(threads);
}

void take_threads(int threads) {
  set_blas_threads(threads);
  thread_count = threads;
  thread_generation.fetch_add(1);
}

void set_threads(int threads) {
  at::set_num_threads(threads);
  take_threads(threads);
}

// As many as there are, without at::set_num_threads: that starts the pool of threads for quantized operators, which spin for tens of milliseconds just
// when a program that loads a model needs all cores. The pool has a thread for each core whenever it comes to be. MKL has a count of its own, which only
// that function sets.
void take_all_cores() {
#ifdef _OPENMP
  const int cores = available_cores();
  if (cores == sysconf(_SC_NPROCESSORS_ONLN) && !at::hasMKL()) {
    // What LibTorch gives a thread that nobody has given a number.
    setenv("OMP_NUM_THREADS", std::to_string(cores).c_str(), 0);
    return take_threads(cores);
  }
#endif
  set_threads(available_cores());
}

// A number of the environment, or 0 where it is absent or none.
int environment_number(const char* name) {
  const char* text = std::getenv(name);
  if (text == nullptr) return 0;
  const long number = std::strtol(text, nullptr, 10);  // OMP_NUM_THREADS may be a list; the first counts
  return number >= 1 && number <= 1024 ? static_cast<int>(number) : 0;
}

int bfloat16_hardware() {
  unsigned a, b, c, d;
  int bits = 0;
  if (has_avx512() && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & (1u << 5))) bits |= 1;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) && (d & (1u << 24)) && (d & (1u << 22))) bits |= 2;  // tiles, and bfloat16 in them
  return bits | (cuda_has_fast_bfloat16() ? 4 : 0);
}

void read_cpu_name(char* out, size_t capacity) {
  unsigned words[12] = {};
  unsigned highest = __get_cpuid_max(0x80000000u, nullptr);
  for (unsigned leaf = 0; highest >= 0x80000004u && leaf < 3; leaf++) {
    __get_cpuid(0x80000002u + leaf, &words[4 * leaf], &words[4 * leaf + 1], &words[4 * leaf + 2], &words[4 * leaf + 3]);
  }
  char name[sizeof words + 1] = {};
  std::memcpy(name, words, sizeof words);
  const char* start = name;
  while (*start == ' ') start++;
  std::snprintf(out, capacity, "%s", start);
}

// "CPU capability usage: AVX2" of LibTorch's description of itself; the function behind it is not exported.
std::string cpu_capability(const std::string& config) {
  const std::string key = "CPU capability usage: ";
  const size_t found = config.find(key);
  if (found == std::string::npos) return "unknown";
  const std::string word = config.substr(found + key.size(), config.find('\n', found) - found - key.size());
  return word == "NO AVX" ? "DEFAULT" : word;
}

// The value of "KEY=value," in LibTorch's description of its build.
std::string build_setting(const std::string& config, const std::string& key) {
  const size_t found = config.find(key + "=");
  if (found == std::string::npos) return "";
  const size_t start = found + key.size() + 1;
  return config.substr(start, config.find_first_of(", \n", start) - start);
}

struct TorchVersion {
  int major = 0, minor = 0, patch = 0;
};

// Of the library that is loaded, which need not be the one whose headers were compiled.
TorchVersion loaded_version() {
  TorchVersion version;
  const std::string text = build_setting(at::show_config(), "TORCH_VERSION");
  if (std::sscanf(text.c_str(), "%d.%d.%d", &version.major, &version.minor, &version.patch) < 2) {
    return {TORCH_VERSION_MAJOR, TORCH_VERSION_MINOR, TORCH_VERSION_PATCH};
  }
  return version;
}

void check_version() {
  const TorchVersion loaded = loaded_version();
  if (loaded.major != TORCH_VERSION_MAJOR || loaded.minor != TORCH_VERSION_MINOR) {
    throw Failure(FOVEA_ERROR, "libfovea.so was built against LibTorch " TORCH_VERSION ", but LibTorch " + std::to_string(loaded.major) + "." +
                                   std::to_string(loaded.minor) + "." + std::to_string(loaded.patch) +
                                   " was loaded; the two do not fit each other. Build it again: ./build.sh native");
  }
}

void start(int threads, bool keep_memory) {
  if (threads < 0 || threads > 1024) throw Failure(FOVEA_BAD_ARGUMENT, "threads: wanted 0 to 1024, got " + std::to_string(threads));
  // LibTorch 1.13 leaves its AVX512 kernels off unless told, and asks once, at the first kernel it looks for. .NET's
  // Environment does not reach getenv, so it is done here. From 2.0 on LibTorch decides by itself.
  if (TORCH_VERSION_MAJOR < 2 && has_avx512()) setenv("ATEN_CPU_CAPABILITY", "avx512", 0);
  check_version();

  const char* keep = std::getenv("FOVEA_KEEP_MEMORY");
  if (keep != nullptr) keep_memory = std::strcmp(keep, "0") != 0;
  if (keep_memory) keep_tensor_memory();
  keeps_memory = keep_memory;
  take_products();
  take_autocast_convolutions();

  for (const int number : {environment_number("FOVEA_THREADS"), threads, environment_number("OMP_NUM_THREADS")}) {
    if (number > 0) return set_threads(number);
  }
  take_all_cores();
}

template <size_t N>
void put(char (&field)[N], const std::string& text) {
  copy(text, field, N);
}

}  // namespace

void take_thread_count(int) {
  // Not at::set_num_threads, which also rebuilds a thread pool of the whole process.
#ifdef _OPENMP
  at::get_num_threads();  // LibTorch's own first-time setting of this thread comes before ours
  omp_set_num_threads(thread_count.load());
#endif
}

void follow_thread_count() { follow_thread_count(call_state().thread_generation); }

}  // namespace fovea

using namespace fovea;

int fovea_start(int threads, int keep_memory) {
  return guard([&] {
    static std::mutex mutex;
    static bool started = false;
    std::lock_guard<std::mutex> lock(mutex);
    if (started) return;
    start(threads, keep_memory != 0);
    started = true;
  });
}

int fovea_describe(fovea_description* out) {
  return guard([&] {
    given(out, "out");
    fovea_description d{};
    const std::string config = at::show_config();
    const TorchVersion version = loaded_version();
    d.torch_major = version.major;
    d.torch_minor = version.minor;
    d.torch_patch = version.patch;
    follow_thread_count();
    d.threads = at::get_num_threads();
    d.cores = available_cores();
    d.onednn = at::globalContext().hasMKLDNN() && at::globalContext().userEnabledMkldnn();
    d.bfloat16 = bfloat16_hardware();
    d.keeps_memory = keeps_memory;
    d.cuda_built = build_setting(config, "USE_CUDA") == "ON" || build_setting(config, "USE_CUDA") == "1";
    d.cuda_devices = static_cast<int32_t>(torch::cuda::device_count());
    put(d.cpu_capability, cpu_capability(config));
    read_cpu_name(d.cpu_name, sizeof d.cpu_name);
    std::string compiler = config.substr(std::min(config.find("- ") + 2, config.size()));
    compiler.resize(std::min(compiler.find('\n'), compiler.size()));
    put(d.build, "BLAS " + build_setting(config, "BLAS_INFO") + ", " + compiler);
    *out = d;
  });
}

int fovea_get_threads(int* out) {
  return guard([&] {
    follow_thread_count();
    *given(out, "out") = at::get_num_threads();
  });
}

int fovea_set_threads(int threads) {
  return guard([&] {
    if (threads < 1 || threads > 1024) throw Failure(FOVEA_BAD_ARGUMENT, "threads: wanted 1 to 1024, got " + std::to_string(threads));
    set_threads(threads);
  });
}

namespace {

struct Switch {
  bool (*get)();
  void (*set)(bool);
};

Switch switch_of(int name) {
  switch (name) {
    case FOVEA_DETERMINISTIC:
      return {[] { return at::globalContext().deterministicAlgorithms(); }, [](bool on) { at::globalContext().setDeterministicAlgorithms(on, false); }};
    case FOVEA_ONEDNN:
      return {[] { return at::globalContext().userEnabledMkldnn(); }, [](bool on) { at::globalContext().setUserEnabledMkldnn(on); }};
    case FOVEA_CUDNN:
      return {[] { return at::globalContext().userEnabledCuDNN(); }, [](bool on) { at::globalContext().setUserEnabledCuDNN(on); }};
    case FOVEA_CUDNN_BENCHMARK:
      return {[] { return at::globalContext().benchmarkCuDNN(); }, [](bool on) { at::globalContext().setBenchmarkCuDNN(on); }};
    case FOVEA_CUDNN_DETERMINISTIC:
      return {[] { return at::globalContext().deterministicCuDNN(); }, [](bool on) { at::globalContext().setDeterministicCuDNN(on); }};
    case FOVEA_CUDNN_TF32:
      return {[] { return at::globalContext().allowTF32CuDNN(); }, [](bool on) { at::globalContext().setAllowTF32CuDNN(on); }};
    case FOVEA_CUDA_MATMUL_TF32:
      return {[] { return at::globalContext().allowTF32CuBLAS(); }, [](bool on) { at::globalContext().setAllowTF32CuBLAS(on); }};
    default:
      throw Failure(FOVEA_BAD_ARGUMENT, "no setting has the number " + std::to_string(name));
  }
}

}  // namespace

int fovea_setting(int name, int value, int* previous) {
  return guard([&] {
    const Switch found = switch_of(name);
    const bool was = found.get();
    if (value >= 0) found.set(value != 0);
    if (previous != nullptr) *previous = was;
  });
}

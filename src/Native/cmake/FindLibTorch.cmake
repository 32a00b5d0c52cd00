# Finds LibTorch without its own TorchConfig.cmake, which asks for a whole CUDA toolkit where it was built with CUDA; a
# library that only calls it needs headers and libraries, no compiler for kernels.
#
# Looked at, in this order: LibTorchPath, FOVEA_LIBTORCH of the environment, the PyTorch of the python3 on PATH, /usr.
# Gives the target LibTorch::LibTorch and LibTorch_VERSION, LibTorch_ROOT, LibTorch_CUDA.

function(fovea_is_libtorch folder result)
  file(GLOB libraries ${folder}/lib/libtorch_cpu.so ${folder}/lib/${CMAKE_LIBRARY_ARCHITECTURE}/libtorch_cpu.so ${folder}/lib64/libtorch_cpu.so)
  if(EXISTS ${folder}/include/torch/csrc/api/include/torch/version.h AND libraries)
    set(${result} TRUE PARENT_SCOPE)
  else()
    set(${result} FALSE PARENT_SCOPE)
  endif()
endfunction()

set(_named "")
if(LibTorchPath)
  set(_named ${LibTorchPath})
  set(_by "LibTorchPath")
elseif(DEFINED ENV{FOVEA_LIBTORCH} AND NOT "$ENV{FOVEA_LIBTORCH}" STREQUAL "")
  set(_named "$ENV{FOVEA_LIBTORCH}")
  set(_by "FOVEA_LIBTORCH")
endif()

if(_named)
  get_filename_component(_named "${_named}" ABSOLUTE)
  fovea_is_libtorch(${_named} _found)
  if(NOT _found)
    message(FATAL_ERROR "${_by} is '${_named}', which is no LibTorch: it has to have include/torch and lib/libtorch_cpu.so. "
                        "A PyTorch of pip lies in .../site-packages/torch, Debian's libtorch-dev in /usr.")
  endif()
  set(LibTorch_ROOT ${_named})
else()
  # find_spec does not run the package, so this takes no second.
  execute_process(COMMAND python3 -c "import importlib.util as u; s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '', end='')"
                  OUTPUT_VARIABLE _python ERROR_QUIET)
  set(LibTorch_ROOT "")
  foreach(_folder ${_python} /usr)
    fovea_is_libtorch(${_folder} _found)
    if(_found AND NOT LibTorch_ROOT)
      set(LibTorch_ROOT ${_folder})
    endif()
  endforeach()
endif()

if(LibTorch_ROOT)
  file(STRINGS ${LibTorch_ROOT}/include/torch/csrc/api/include/torch/version.h _lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
  string(REGEX REPLACE "[^0-9]*([0-9]+)[^0-9]+([0-9]+)[^0-9]+([0-9]+).*" "\\1.\\2.\\3" LibTorch_VERSION "${_lines}")

  set(_folders ${LibTorch_ROOT}/lib ${LibTorch_ROOT}/lib/${CMAKE_LIBRARY_ARCHITECTURE} ${LibTorch_ROOT}/lib64)
  foreach(_library torch torch_cpu c10 torch_cuda c10_cuda)
    find_library(LibTorch_${_library} ${_library} PATHS ${_folders} NO_DEFAULT_PATH NO_CACHE)
  endforeach()
  get_filename_component(_folder ${LibTorch_torch_cpu} DIRECTORY)

  # A wheel brings an OpenMP of its own; a second one beside it would be a second pool of threads.
  file(GLOB _openmp ${_folder}/libgomp*.so* ${LibTorch_ROOT}.libs/libgomp*.so*)
  if(NOT _openmp)
    set(_openmp gomp)
  endif()
  list(GET _openmp 0 _openmp)

  # Wheels before 2.6 were built with GCC's old string; their CMake file says which.
  file(GLOB _config ${LibTorch_ROOT}/share/cmake/Torch/TorchConfig.cmake)
  set(_abi 1)
  if(_config)
    file(STRINGS ${_config} _line REGEX "_GLIBCXX_USE_CXX11_ABI=[01]")
    if(_line MATCHES "_GLIBCXX_USE_CXX11_ABI=0")
      set(_abi 0)
    endif()
  endif()

  set(LibTorch_CUDA FALSE)
  if(LibTorch_torch_cuda AND LibTorch_c10_cuda)
    set(LibTorch_CUDA TRUE)
    # The runtime's header comes with a toolkit or with the wheels that PyTorch's own depends on. Without it everything
    # works but the figures of the caching allocator.
    get_filename_component(_packages ${LibTorch_ROOT} DIRECTORY)
    file(GLOB _nvidia ${_packages}/nvidia/cuda_runtime/include ${_packages}/nvidia/cu*/include)
    find_path(LibTorch_CUDA_INCLUDE cuda_runtime_api.h PATHS ${_nvidia} $ENV{CUDA_HOME}/include /usr/local/cuda/include NO_DEFAULT_PATH NO_CACHE)
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
  REQUIRED_VARS LibTorch_ROOT LibTorch_torch LibTorch_torch_cpu LibTorch_c10
  VERSION_VAR LibTorch_VERSION
  REASON_FAILURE_MESSAGE "Install one (apt-get install libtorch-dev, or pip install torch) or name its folder with -DLibTorchPath or FOVEA_LIBTORCH. Without LibTorch, -DFOVEA_TORCH=OFF builds the image codecs alone.")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  message(STATUS "LibTorch ${LibTorch_VERSION} in ${LibTorch_ROOT}, CUDA ${LibTorch_CUDA}, OpenMP ${_openmp}, string ABI ${_abi}")
  add_library(LibTorch::LibTorch INTERFACE IMPORTED)
  target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE ${LibTorch_ROOT}/include ${LibTorch_ROOT}/include/torch/csrc/api/include)
  target_compile_options(LibTorch::LibTorch INTERFACE -fopenmp)
  target_compile_definitions(LibTorch::LibTorch INTERFACE _GLIBCXX_USE_CXX11_ABI=${_abi})
  # -fopenmp is not passed to the linker: it would add the compiler's own OpenMP library.
  target_link_libraries(LibTorch::LibTorch INTERFACE ${LibTorch_torch_cpu} ${LibTorch_c10} ${_openmp})
  if(LibTorch_CUDA)
    # Nothing calls into it by name; its registrations are what is wanted, so the linker must not drop it.
    target_link_options(LibTorch::LibTorch INTERFACE "SHELL:-Wl,--push-state,--no-as-needed ${LibTorch_torch_cuda} -Wl,--pop-state" -Wl,--allow-shlib-undefined)
    target_link_libraries(LibTorch::LibTorch INTERFACE ${LibTorch_c10_cuda})
    if(LibTorch_CUDA_INCLUDE)
      target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE ${LibTorch_CUDA_INCLUDE})
      target_compile_definitions(LibTorch::LibTorch INTERFACE FOVEA_CUDA_HEADERS)
    endif()
  endif()
  set_property(TARGET LibTorch::LibTorch PROPERTY INTERFACE_COMPILE_FEATURES cxx_std_17)
endif()

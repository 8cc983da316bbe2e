/*
 * Stand-in for the CUDA runtime: one device of compute capability 9.0 whose memory is the
 * computer's and whose kernels do nothing. Copies and allocations are real, so models load, are
 * placed and run; numbers that come back are meaningless.
 *
 * At the end of the process the calls, the bytes copied and the most memory allocated are written
 * to the file that CUDA_STAND_IN_REPORT names.
 */
#include <driver_types.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEVICE_BYTES (140LL << 30)
#define MOST_NAMES 16384
#define MOST_KERNELS 131072

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct {
  char *name;
  long calls;
} calls[MOST_NAMES];
static int names;

static struct {
  const void *host;
  const char *name;
} kernels[MOST_KERNELS];
static int registered;

static const char *const KINDS[] = {"host to host", "host to device", "device to host",
                                    "device to device", "default"};
static long long copied[5];
static long long allocated, most;

void cuda_stand_in_count(const char *name) {
  pthread_mutex_lock(&lock);
  int i = 0;
  while (i < names && strcmp(calls[i].name, name) != 0) i++;
  if (i == names && names < MOST_NAMES) calls[names++].name = strdup(name);
  if (i < MOST_NAMES) calls[i].calls++;
  pthread_mutex_unlock(&lock);
}

static void report(void) {
  const char *file = getenv("CUDA_STAND_IN_REPORT");
  FILE *out = file ? fopen(file, "w") : NULL;
  if (!out) return;
  fprintf(out, "%lld bytes allocated at most\n", most);
  for (int kind = 0; kind < 5; kind++) fprintf(out, "%lld bytes copied %s\n", copied[kind], KINDS[kind]);
  for (int i = 0; i < names; i++) fprintf(out, "%ld %s\n", calls[i].calls, calls[i].name);
  fclose(out);
}

__attribute__((constructor)) static void start(void) { atexit(report); }

/* Kernels: registered by name when a library is loaded, launched with the configuration pushed before. */

typedef struct {
  unsigned x, y, z;
} Extent;

static __thread struct {
  Extent grid, block;
  size_t shared;
  void *stream;
} configuration;

void **__cudaRegisterFatBinary(void *binary) { return calloc(1, 64); }

void __cudaRegisterFatBinaryEnd(void **handle) {}

void __cudaUnregisterFatBinary(void **handle) { free(handle); }

void __cudaRegisterFunction(void **handle, const char *host, char *device, const char *name, int threads, void *a,
                            void *b, void *c, void *d, int *warp) {
  pthread_mutex_lock(&lock);
  if (registered < MOST_KERNELS) {
    kernels[registered].host = host;
    kernels[registered++].name = name;
  }
  pthread_mutex_unlock(&lock);
}

void __cudaRegisterVar(void **handle, char *host, char *device, const char *name, int external, size_t size,
                       int constant, int global) {}

unsigned __cudaPushCallConfiguration(Extent grid, Extent block, size_t shared, void *stream) {
  configuration.grid = grid;
  configuration.block = block;
  configuration.shared = shared;
  configuration.stream = stream;
  return 0;
}

int __cudaPopCallConfiguration(Extent *grid, Extent *block, size_t *shared, void **stream) {
  *grid = configuration.grid;
  *block = configuration.block;
  *shared = configuration.shared;
  *stream = configuration.stream;
  return 0;
}

int __cudaGetKernel(void **kernel, const void *host) {
  *kernel = (void *)host;
  return 0;
}

int __cudaLaunchKernel(void *kernel, Extent grid, Extent block, void **arguments, size_t shared, void *stream) {
  const char *name = "unknown";
  for (int i = 0; i < registered; i++)
    if (kernels[i].host == kernel) name = kernels[i].name;
  char line[1024];
  snprintf(line, sizeof line, "kernel %s", name);
  cuda_stand_in_count(line);
  return 0;
}

int cudaFuncGetAttributes(struct cudaFuncAttributes *attributes, const void *function) {
  memset(attributes, 0, sizeof *attributes);
  attributes->ptxVersion = 90;
  attributes->binaryVersion = 90;
  attributes->maxThreadsPerBlock = 1024;
  attributes->numRegs = 32;
  attributes->maxDynamicSharedSizeBytes = 232448;
  return 0;
}

int cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int *blocks, const void *function, int size,
                                                           size_t shared, unsigned flags) {
  *blocks = 2;
  return 0;
}

/* The device. */

int cudaGetDeviceCount(int *count) {
  *count = 1;
  return 0;
}

int cudaGetDevice(int *device) {
  *device = 0;
  return 0;
}

int cudaSetDevice(int device) { return device == 0 ? 0 : cudaErrorInvalidDevice; }

int cudaDriverGetVersion(int *version) {
  *version = 13000;
  return 0;
}

int cudaRuntimeGetVersion(int *version) {
  *version = 13000;
  return 0;
}

int cudaGetDeviceProperties(struct cudaDeviceProp *properties, int device) {
  memset(properties, 0, sizeof *properties);
  strcpy(properties->name, "stand-in");
  properties->totalGlobalMem = DEVICE_BYTES;
  properties->major = 9;
  properties->multiProcessorCount = 132;
  properties->warpSize = 32;
  properties->maxThreadsPerBlock = 1024;
  properties->maxThreadsDim[0] = properties->maxThreadsDim[1] = 1024;
  properties->maxThreadsDim[2] = 64;
  properties->maxGridSize[0] = INT32_MAX;
  properties->maxGridSize[1] = properties->maxGridSize[2] = 65535;
  properties->maxThreadsPerMultiProcessor = 2048;
  properties->regsPerBlock = properties->regsPerMultiprocessor = 65536;
  properties->sharedMemPerBlock = 49152;
  properties->sharedMemPerBlockOptin = 232448;
  properties->sharedMemPerMultiprocessor = 233472;
  properties->l2CacheSize = 60 << 20;
  properties->concurrentKernels = properties->unifiedAddressing = 1;
  return 0;
}

int cudaDeviceGetAttribute(int *value, int attribute, int device) {
  switch (attribute) {
    case cudaDevAttrComputeCapabilityMajor: *value = 9; break;
    case cudaDevAttrComputeCapabilityMinor: *value = 0; break;
    case cudaDevAttrMultiProcessorCount: *value = 132; break;
    case cudaDevAttrWarpSize: *value = 32; break;
    case cudaDevAttrMaxThreadsPerBlock: *value = 1024; break;
    case cudaDevAttrMaxThreadsPerMultiProcessor: *value = 2048; break;
    case cudaDevAttrMaxSharedMemoryPerBlock: *value = 49152; break;
    case cudaDevAttrMaxSharedMemoryPerBlockOptin: *value = 232448; break;
    case cudaDevAttrMaxGridDimX: *value = INT32_MAX; break;
    case cudaDevAttrMaxGridDimY:
    case cudaDevAttrMaxGridDimZ: *value = 65535; break;
    default: *value = 1;
  }
  return 0;
}

/* Memory: pages that no copy touches cost nothing. */

int cudaMalloc(void **memory, size_t size) {
  if (posix_memalign(memory, 512, size ? size : 1)) return cudaErrorMemoryAllocation;
  pthread_mutex_lock(&lock);
  allocated += malloc_usable_size(*memory);
  if (allocated > most) most = allocated;
  pthread_mutex_unlock(&lock);
  cuda_stand_in_count("cudaMalloc");
  return 0;
}

int cudaFree(void *memory) {
  pthread_mutex_lock(&lock);
  if (memory) allocated -= malloc_usable_size(memory);
  pthread_mutex_unlock(&lock);
  free(memory);
  return 0;
}

int cudaMallocFromPoolAsync(void **memory, size_t size, void *pool, void *stream) { return cudaMalloc(memory, size); }

int cudaFreeAsync(void *memory, void *stream) { return cudaFree(memory); }

int cudaHostAlloc(void **memory, size_t size, unsigned flags) {
  return posix_memalign(memory, 512, size ? size : 1) ? cudaErrorMemoryAllocation : 0;
}

int cudaMallocHost(void **memory, size_t size) { return cudaHostAlloc(memory, size, 0); }

int cudaFreeHost(void *memory) {
  free(memory);
  return 0;
}

int cudaMemGetInfo(size_t *available, size_t *total) {
  *total = DEVICE_BYTES;
  *available = DEVICE_BYTES - allocated;
  return 0;
}

int cudaMemPoolGetAttribute(void *pool, int attribute, void *value) {
  memset(value, 0, 8);
  return 0;
}

static void count_copy(size_t size, int kind) {
  if (kind < 0 || kind > 4) return;
  char line[64];
  snprintf(line, sizeof line, "copies %s", KINDS[kind]);
  cuda_stand_in_count(line);
  copied[kind] += size;
}

int cudaMemcpy(void *to, const void *from, size_t size, int kind) {
  count_copy(size, kind);
  memcpy(to, from, size);
  return 0;
}

int cudaMemcpyAsync(void *to, const void *from, size_t size, int kind, void *stream) {
  return cudaMemcpy(to, from, size, kind);
}

int cudaMemcpy2DAsync(void *to, size_t toPitch, const void *from, size_t fromPitch, size_t width, size_t height,
                      int kind, void *stream) {
  count_copy(width * height, kind);
  for (size_t row = 0; row < height; row++)
    memcpy((char *)to + row * toPitch, (const char *)from + row * fromPitch, width);
  return 0;
}

int cudaMemset(void *memory, int value, size_t size) {
  memset(memory, value, size);
  return 0;
}

int cudaMemsetAsync(void *memory, int value, size_t size, void *stream) { return cudaMemset(memory, value, size); }

/* Streams, events, errors. */

int cudaLaunchHostFunc(void *stream, void (*function)(void *), void *data) {
  function(data);
  return 0;
}

int cudaEventElapsedTime(float *milliseconds, void *from, void *to) {
  *milliseconds = 1;
  return 0;
}

const char *cudaGetErrorName(int error) { return "error of the stand-in"; }

const char *cudaGetErrorString(int error) { return "error of the stand-in"; }

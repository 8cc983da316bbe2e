/*
 * Stand-in for cuDNN: every descriptor can be made, every question for an algorithm has one answer, without
 * workspace, and what is executed does nothing. Numbers of attributes and types are those of cudnn_graph_v9.h.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  TYPE_INT64 = 3,
  TYPE_DESCRIPTOR = 15,
  TYPE_INT32 = 23,
  ENGINE_HEURISTIC_RESULTS = 202,
  KNOB_CHOICES = 302
};

void cuda_stand_in_count(const char *name);

struct performance {
  int algorithm, status;
  float time;
  size_t memory;
  int determinism, mathType, reserved[3];
};

size_t cudnnGetVersion(void) { return 91000; }

const char *cudnnGetErrorString(int error) { return "error of the stand-in"; }

void cudnnGetLastErrorString(char *message, size_t size) {
  if (size) *message = 0;
}

int cudnnGetStream(void *handle, void **stream) {
  *stream = NULL;
  return 0;
}

/* Whether TensorFloat-32 is allowed: 0 is the default, which does, and 3 is FMA, which does not. */
int cudnnSetConvolutionMathType(void *convolution, int type) {
  char line[64];
  snprintf(line, sizeof line, "cudnnSetConvolutionMathType %d", type);
  cuda_stand_in_count(line);
  return 0;
}

/* Searches for algorithms: one is found, with the default math. */

static int found(int *count, struct performance *result) {
  *count = 1;
  memset(result, 0, sizeof *result);
  result->algorithm = result->determinism = 1;
  result->time = 1;
  return 0;
}

#define FIND(name)                                                                                                \
  int name(void *handle, void *a, void *aData, void *b, void *bData, void *convolution, void *c, void *cData,     \
           int asked, int *count, struct performance *result) {                                                  \
    cuda_stand_in_count(#name);                                                                                  \
    return found(count, result);                                                                                 \
  }
#define GET(name)                                                                                                 \
  int name(void *handle, void *a, void *b, void *convolution, void *c, int asked, int *count,                     \
           struct performance *result) {                                                                         \
    cuda_stand_in_count(#name);                                                                                  \
    return found(count, result);                                                                                 \
  }
#define WORKSPACE(name)                                                                                           \
  int name(void *handle, void *a, void *b, void *convolution, void *c, int algorithm, size_t *size) {             \
    *size = 0;                                                                                                   \
    return 0;                                                                                                    \
  }

FIND(cudnnFindConvolutionForwardAlgorithmEx)
FIND(cudnnFindConvolutionBackwardDataAlgorithmEx)
FIND(cudnnFindConvolutionBackwardFilterAlgorithmEx)
GET(cudnnGetConvolutionForwardAlgorithm_v7)
GET(cudnnGetConvolutionBackwardDataAlgorithm_v7)
GET(cudnnGetConvolutionBackwardFilterAlgorithm_v7)
WORKSPACE(cudnnGetConvolutionForwardWorkspaceSize)
WORKSPACE(cudnnGetConvolutionBackwardDataWorkspaceSize)
WORKSPACE(cudnnGetConvolutionBackwardFilterWorkspaceSize)

int cudnnGetReductionIndicesSize(void *handle, void *reduction, void *a, void *c, size_t *size) {
  *size = 0;
  return 0;
}

int cudnnGetReductionWorkspaceSize(void *handle, void *reduction, void *a, void *c, size_t *size) {
  *size = 0;
  return 0;
}

int cudnnDropoutGetStatesSize(void *handle, size_t *size) {
  *size = 64;
  return 0;
}

/* Graphs: one engine without knobs or notes. */

int cudnnBackendCreateDescriptor(int type, void **descriptor) {
  *descriptor = calloc(1, 64);
  return 0;
}

int cudnnBackendDestroyDescriptor(void *descriptor) {
  free(descriptor);
  return 0;
}

int cudnnBackendGetAttribute(void *descriptor, int name, int type, int64_t asked, int64_t *count, void *values) {
  int64_t answers = 0;
  if (name == ENGINE_HEURISTIC_RESULTS) {
    answers = 1;
  } else if (type == TYPE_DESCRIPTOR && name != KNOB_CHOICES) {
    answers = values ? 1 : 0;
  } else if (type == TYPE_INT64) {
    answers = 1;
    if (values) *(int64_t *)values = 0;
  } else if (type == TYPE_INT32) {
    answers = 1;
    if (values) *(int32_t *)values = 0;
  }
  if (count) *count = answers;
  return 0;
}

#include "CVectorKernels.h"
#include "elementary.h"

// A matrix library packs the weights anew for every product, which pays where hundreds of rows use them. For some
// sixty rows this copies the rows together and reads the weights where they lie: a tile of ROWS by OUTPUTS sums, in each
// register those of every eighth (or sixteenth) input, which are added up at the tile's end.
enum {
    ROWS = 3,
    OUTPUTS = 4,
    // Of what is used again and again, these rows stay in the first-level cache, these outputs' weights in the second.
    BLOCK_ROWS = 12,
    BLOCK_OUTPUTS = 64,
    BLOCK_INPUTS = 384,
    MOST_ROWS = TOCSIN_MOST_FEW_ROWS + ROWS,
};

#define LEAST(a, b) ((a) < (b) ? (a) : (b))

typedef float four __attribute__((vector_size(16), aligned(sizeof(float))));
typedef float eight __attribute__((vector_size(32), aligned(sizeof(float))));
typedef float sixteen __attribute__((vector_size(64), aligned(sizeof(float))));

/// The sum of each of four registers, side by side.
TOCSIN_INLINE void add_up(const eight parts[OUTPUTS], four *sums) {
    eight pairs[2];
    for (int p = 0; p < 2; p++) {
        const eight a = parts[2 * p], b = parts[2 * p + 1];
        pairs[p] = __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
            + __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
    }
    const eight halves = __builtin_shufflevector(pairs[0], pairs[1], 0, 1, 8, 9, 4, 5, 12, 13)
        + __builtin_shufflevector(pairs[0], pairs[1], 2, 3, 10, 11, 6, 7, 14, 15);
    *sums = __builtin_shufflevector(halves, halves, 0, 1, 2, 3) + __builtin_shufflevector(halves, halves, 4, 5, 6, 7);
}

#define PRODUCT portable_product
#define TILE portable_tile
#define PRODUCT_ATTRIBUTES
#define LANES eight
#define EIGHT(lanes) (lanes)
#include "few_rows_tile.h"

#if defined(__x86_64__) && defined(__linux__)
#define PRODUCT avx2_product
#define TILE avx2_tile
#define PRODUCT_ATTRIBUTES __attribute__((target("avx2,fma")))
#define LANES eight
#define EIGHT(lanes) (lanes)
#include "few_rows_tile.h"

#define PRODUCT avx512_product
#define TILE avx512_tile
#define PRODUCT_ATTRIBUTES __attribute__((target("avx512f,avx512vl,avx512dq,fma")))
#define LANES sixteen
#define EIGHT(lanes) \
    (__builtin_shufflevector(lanes, lanes, 0, 1, 2, 3, 4, 5, 6, 7) \
        + __builtin_shufflevector(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15))
#include "few_rows_tile.h"
#endif

void tocsin_add_few_rows(
    const float *rows, long stride, long count, const float *weight, long weight_stride, long outputs, long inputs,
    float *output, long output_stride) {
#if defined(__x86_64__) && defined(__linux__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) {
        avx512_product(rows, stride, count, weight, weight_stride, outputs, inputs, output, output_stride);
        return;
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        avx2_product(rows, stride, count, weight, weight_stride, outputs, inputs, output, output_stride);
        return;
    }
#endif
    portable_product(rows, stride, count, weight, weight_stride, outputs, inputs, output, output_stride);
}

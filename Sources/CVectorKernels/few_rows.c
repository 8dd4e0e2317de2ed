#include "few_rows.h"

// A matrix library packs the weights anew for every product, which hundreds of rows repay and some sixty do not. This
// packs them in panels that stay in the first-level cache, transposed in registers on the way, multiplies a panel with
// all rows, a tile of sums in registers at a time, and fetches the next panel from memory meanwhile.

#define NAME(part) portable_##part
#define ATTRIBUTES
#define LANES four
#include "few_rows_tile.h"

#if defined(__x86_64__) && defined(__linux__)
#define NAME(part) avx2_##part
#define ATTRIBUTES __attribute__((target("avx2,fma")))
#define LANES tocsin_eight
#include "few_rows_tile.h"

#define NAME(part) avx512_##part
#define ATTRIBUTES __attribute__((target("avx512f,avx512vl,avx512dq,fma")))
#define LANES sixteen
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

#include "int8.h"

#include <string.h>

/// The textbook's sums: what the others are tested against, and what a machine without them computes with.
static void portable_tile(
    const uint8_t *rows, long count, const int8_t *panel, long depth, int32_t *sums, const int8_t *next, long lines) {
    (void)next, (void)lines;
    for (long r = 0; r < count; r++) {
        int32_t row[PANEL] = {0};
        for (long k = 0; k < depth; k += STEP)
            for (int c = 0; c < PANEL; c++)
                for (int s = 0; s < STEP; s++)
                    row[c] += rows[r * depth + k + s] * panel[k * PANEL + c * STEP + s];
        memcpy(sums + r * PANEL, row, sizeof row);
    }
}

#if defined(__x86_64__) && defined(__linux__)
#include <immintrin.h>

// Four rows: more of them, and the compiler keeps sums in memory.
#define TILE avx2_tile
#define TILE_ATTRIBUTES __attribute__((target("avx2")))
#define TILE_ROWS 4
#define TILE_PANELS 1
#define VECTOR __m256i
#define LANES 8
#define LOAD(address) _mm256_loadu_si256((const __m256i *)(address))
#define STORE(address, sums) _mm256_storeu_si256((__m256i *)(address), sums)
#define REPEAT(bytes) _mm256_set1_epi32(bytes)
#define ADD_PRODUCTS(sums, a0, b0, a1, b1) \
    _mm256_add_epi32( \
        sums, _mm256_madd_epi16( \
                  _mm256_add_epi16(_mm256_maddubs_epi16(a0, b0), _mm256_maddubs_epi16(a1, b1)), \
                  _mm256_set1_epi16(1)))
#include "int8_tile.h"

#define TILE avx_vnni_tile
#define TILE_ATTRIBUTES __attribute__((target("avx2,avxvnni")))
#define TILE_ROWS 6
#define TILE_PANELS 1
#define VECTOR __m256i
#define LANES 8
#define LOAD(address) _mm256_loadu_si256((const __m256i *)(address))
#define STORE(address, sums) _mm256_storeu_si256((__m256i *)(address), sums)
#define REPEAT(bytes) _mm256_set1_epi32(bytes)
#define ADD_PRODUCTS(sums, a0, b0, a1, b1) \
    _mm256_dpbusd_avx_epi32(_mm256_dpbusd_avx_epi32(sums, a0, b0), a1, b1)
#include "int8_tile.h"

// Each broadcast of activations serves two panels, and few of the tile's rows are beyond the last one.
#define TILE avx512_vnni_tile
#define TILE_ATTRIBUTES __attribute__((target("avx512f,avx512vnni")))
#define TILE_ROWS MOST_ROWS
#define TILE_PANELS MOST_PANELS
#define VECTOR __m512i
#define LANES 16
#define LOAD(address) _mm512_loadu_si512(address)
#define STORE(address, sums) _mm512_storeu_si512(address, sums)
#define REPEAT(bytes) _mm512_set1_epi32(bytes)
#define ADD_PRODUCTS(sums, a0, b0, a1, b1) _mm512_dpbusd_epi32(_mm512_dpbusd_epi32(sums, a0, b0), a1, b1)
#include "int8_tile.h"
#endif

int tocsin_int8_can_run(tocsin_int8_kernel kernel) {
    switch (kernel) {
    case TOCSIN_INT8_PORTABLE: return 1;
#if defined(__x86_64__) && defined(__linux__)
    case TOCSIN_INT8_AVX2: return __builtin_cpu_supports("avx2") != 0;
    case TOCSIN_INT8_AVX_VNNI: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avxvnni");
    case TOCSIN_INT8_AVX512_VNNI: return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vnni");
#endif
    default: return 0;
    }
}

tocsin_int8_tiling tocsin_int8_tiling_of(tocsin_int8_kernel kernel) {
    switch (kernel) {
#if defined(__x86_64__) && defined(__linux__)
    case TOCSIN_INT8_AVX2: return (tocsin_int8_tiling){avx2_tile, 4, 1};
    case TOCSIN_INT8_AVX_VNNI: return (tocsin_int8_tiling){avx_vnni_tile, 6, 1};
    case TOCSIN_INT8_AVX512_VNNI: return (tocsin_int8_tiling){avx512_vnni_tile, MOST_ROWS, MOST_PANELS};
#endif
    default: return (tocsin_int8_tiling){portable_tile, 4, 1};
    }
}

void tocsin_int8_sums(
    tocsin_int8_kernel kernel, const uint8_t *rows, long count, const int8_t *panels, long padded_inputs,
    int32_t *sums) {
    const tocsin_int8_tiling tiling = tocsin_int8_tiling_of(kernel);
    const long width = tiling.panels * PANEL;
    for (long first = 0; first < TOCSIN_INT8_OUTPUTS_TOGETHER; first += width)
        for (long r = 0; r < count; r += tiling.rows) {
            int32_t tile[MOST_ROWS * MOST_PANELS * PANEL];
            const long tall = count - r < tiling.rows ? count - r : tiling.rows;
            tiling.tile(rows + r * padded_inputs, tall, panels + first * padded_inputs, padded_inputs, tile, NULL, 0);
            for (long row = 0; row < tall; row++)
                memcpy(
                    sums + (r + row) * TOCSIN_INT8_OUTPUTS_TOGETHER + first, tile + row * width,
                    (size_t)width * sizeof *tile);
        }
}

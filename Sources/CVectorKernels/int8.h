#ifndef TOCSIN_INT8_H
#define TOCSIN_INT8_H

#include "Int8Kernels.h"

enum {
    PANEL = 16,          // outputs whose sums a tile holds
    STEP = 4,            // inputs that one dot-product instruction adds up
    GROUP = 2 * STEP,    // inputs that a tile takes at a time
    MAX_TILE_ROWS = 12,
};

/// `sums[r][0..<PANEL] = Σ_k rows[r][k] · panel[k]` for 1 to its own number of rows; `sums` has room for all of these.
typedef void tocsin_int8_tile(
    const uint8_t *rows, long count, const int8_t *panel, long depth, int32_t *sums);

typedef struct {
    tocsin_int8_tile *tile;
    long rows;
} tocsin_int8_tiling;

/// The kernel's tile and the most rows that it takes; the portable one where this machine has no such kernel.
tocsin_int8_tiling tocsin_int8_tiling_of(tocsin_int8_kernel kernel);

#endif

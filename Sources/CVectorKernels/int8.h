#ifndef TOCSIN_INT8_H
#define TOCSIN_INT8_H

#include "Int8Kernels.h"

enum {
    PANEL = 16,          // outputs whose weights lie together
    STEP = 4,            // inputs that one dot-product instruction adds up
    GROUP = 2 * STEP,    // inputs that a tile takes at a time
    MOST_ROWS = 6,       // of a tile
    MOST_PANELS = 2,
    LINE = 64,           // bytes of a cache line
};

/// `sums[r][0..<panels · PANEL] = Σ_k rows[r][k] · panels[k]` for 1 to its own number of rows, and its own number of
/// panels, which lie one after the other; `sums` has room for all rows. Meanwhile `lines` cache lines from `next` on are
/// fetched for each GROUP of inputs.
typedef void tocsin_int8_tile(
    const uint8_t *rows, long count, const int8_t *panels, long depth, int32_t *sums, const int8_t *next, long lines);

typedef struct {
    tocsin_int8_tile *tile;
    long rows, panels;
} tocsin_int8_tiling;

/// The kernel's tile, the most rows that it takes and its panels; the portable one where this machine has no such kernel.
tocsin_int8_tiling tocsin_int8_tiling_of(tocsin_int8_kernel kernel);

#endif

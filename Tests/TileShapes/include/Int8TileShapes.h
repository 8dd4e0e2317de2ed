#ifndef INT8_TILE_SHAPES_H
#define INT8_TILE_SHAPES_H

#include <stdint.h>

// The tiles of instruction sets that a machine may lack, with the instruction spelled out in C: the same code, numbers
// of rows and widths of registers as theirs.

/// As `avx_vnni_tile` for 1 to 6 rows.
void int8_tile_of_8_lanes(const uint8_t *rows, long count, const int8_t *panels, long depth, int32_t *sums);

/// As `avx512_vnni_tile` for 1 to 6 rows and two panels.
void int8_tile_of_16_lanes(const uint8_t *rows, long count, const int8_t *panels, long depth, int32_t *sums);

#endif

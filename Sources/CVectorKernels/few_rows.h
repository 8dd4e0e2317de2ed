#ifndef TOCSIN_FEW_ROWS_H
#define TOCSIN_FEW_ROWS_H

#include "CVectorKernels.h"
#include "elementary.h"

// What products of few rows have in common, whatever their registers' width.
enum {
    // Of a tile: with two registers of outputs, the sums and what they are made of just fit AVX2's sixteen.
    ROWS = 6,
    // A panel of these many inputs and a tile's rows fit the first-level cache.
    BLOCK_INPUTS = 192,
    // Floats of a cache line.
    LINE = 16,
};

#define LEAST(a, b) ((a) < (b) ? (a) : (b))

typedef float four __attribute__((vector_size(4 * sizeof(float)), aligned(sizeof(float))));
typedef float sixteen __attribute__((vector_size(16 * sizeof(float)), aligned(sizeof(float))));

#endif

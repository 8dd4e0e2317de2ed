#ifndef FEW_ROWS_SHAPES_H
#define FEW_ROWS_SHAPES_H

// Products of few rows with the registers of CPUs that this one may not be, which the compiler makes of what it has.

/// As `tocsin_add_few_rows` where there are neither AVX2 nor AVX-512.
void few_rows_by_four(
    const float *rows, long count, const float *weight, long outputs, long inputs, float *output);

/// As `tocsin_add_few_rows` where there is AVX-512.
void few_rows_by_sixteen(
    const float *rows, long count, const float *weight, long outputs, long inputs, float *output);

#endif

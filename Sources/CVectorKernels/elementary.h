#ifndef TOCSIN_ELEMENTARY_H
#define TOCSIN_ELEMENTARY_H

#include <math.h>
#include <stdint.h>
#include <string.h>

// Compiled once for each width of vector registers; the loops are written so that the compiler vectorises them.
#if defined(__x86_64__) && defined(__linux__)
#define TOCSIN_EACH_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define TOCSIN_EACH_CPU
#endif
#define TOCSIN_INLINE static inline __attribute__((always_inline))

/// `eˣ` with a relative error below 2⁻²²; arguments below -87 give about 1e-38.
///
/// `x = n·ln 2 + r`: a polynomial for `eʳ`, and `2ⁿ` by writing the exponent's bits (Cephes `expf`).
TOCSIN_INLINE float tocsin_exp(float x) {
    x = x < -87.0f ? -87.0f : x;
    x = x > 88.0f ? 88.0f : x;
    const float rounder = 12582912.0f;  // 1.5 · 2²³: adding it leaves the nearest integer in the low bits
    const float shifted = x * 1.44269504f + rounder;
    const float n = shifted - rounder;
    const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = r * 1.98756915e-4f + 1.39819995e-3f;
    p = p * r + 8.33345190e-3f;
    p = p * r + 4.16657960e-2f;
    p = p * r + 1.66666655e-1f;
    p = p * r + 5.00000010e-1f;
    p = p * (r * r) + r + 1.0f;
    int32_t bits, exponent;
    memcpy(&bits, &p, sizeof bits);
    memcpy(&exponent, &shifted, sizeof exponent);
    bits += (int32_t)((uint32_t)exponent << 23);
    memcpy(&p, &bits, sizeof p);
    return p;
}

/// The nearest integer, even where two are; `x` within ±2²², anything else gives anything.
TOCSIN_INLINE int32_t tocsin_nearest(float x) {
    const float shifted = x + 12582912.0f;  // 1.5 · 2²³ leaves the integer in the low bits
    int32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    return bits - 0x4B400000;
}

TOCSIN_INLINE int32_t tocsin_clamped(int32_t x, int32_t low, int32_t high) {
    return x < low ? low : x > high ? high : x;
}

/// The error function: a rational function of `x²` on [-4, 4], beyond which it is ±1 in single precision (the
/// coefficients of Eigen's `erf`, by least squares).
TOCSIN_INLINE float tocsin_erf(float x) {
    x = x < -4.0f ? -4.0f : x;
    x = x > 4.0f ? 4.0f : x;
    const float s = x * x;
    float p = s * -2.72614225801306e-10f + 2.77068142495902e-08f;
    p = p * s - 2.10102402082508e-06f;
    p = p * s - 5.69250639462346e-05f;
    p = p * s - 7.34990630326855e-04f;
    p = p * s - 2.95459980854025e-03f;
    p = p * s - 1.60960333262415e-02f;
    float q = s * -1.45660718464996e-05f - 2.13374055278905e-04f;
    q = q * s - 1.68282697438203e-03f;
    q = q * s - 7.37332916720468e-03f;
    q = q * s - 1.42647390514189e-02f;
    return x * p / q;
}

/// `x · Φ(x)`, with the exact normal distribution.
TOCSIN_INLINE float tocsin_gelu_value(float x) { return x * 0.5f * (1.0f + tocsin_erf(x * 0.707106781f)); }

/// Eight floats in registers, which a compiler does not always make of eight floats in an array.
typedef float tocsin_eight __attribute__((vector_size(8 * sizeof(float)), aligned(sizeof(float))));

/// The least and the greatest of `count` values and zero; eight of each, since a compiler may not reorder the search.
TOCSIN_INLINE void tocsin_range(const float *values, long count, float *least, float *greatest) {
    tocsin_eight low = {0}, high = {0};
    long i = 0;
    for (; i + 8 <= count; i += 8) {
        const tocsin_eight value = *(const tocsin_eight *)(values + i);
        low = __builtin_elementwise_min(low, value);
        high = __builtin_elementwise_max(high, value);
    }
    *least = *greatest = 0;
    for (; i < count; i++) {
        *least = values[i] < *least ? values[i] : *least;
        *greatest = values[i] > *greatest ? values[i] : *greatest;
    }
    for (int lane = 0; lane < 8; lane++) {
        *least = low[lane] < *least ? low[lane] : *least;
        *greatest = high[lane] > *greatest ? high[lane] : *greatest;
    }
}

/// The greatest of `count` values; eight at a time, as above.
TOCSIN_INLINE float tocsin_greatest(const float *values, long count) {
    float high[8];
    for (int lane = 0; lane < 8; lane++) high[lane] = -INFINITY;
    long i = 0;
    for (; i + 8 <= count; i += 8)
        for (int lane = 0; lane < 8; lane++) high[lane] = values[i + lane] > high[lane] ? values[i + lane] : high[lane];
    for (; i < count; i++) high[0] = values[i] > high[0] ? values[i] : high[0];
    for (int lane = 1; lane < 8; lane++) high[0] = high[lane] > high[0] ? high[lane] : high[0];
    return high[0];
}

/// `out[k][j] = in[j][k]` for eight rows of eight.
TOCSIN_INLINE void tocsin_transpose(const float *in, long in_stride, float *out, long out_stride) {
    tocsin_eight rows[8], pairs[8], quads[8];
    for (int j = 0; j < 8; j++) rows[j] = *(const tocsin_eight *)(in + j * in_stride);
    for (int j = 0; j < 8; j += 2) {
        pairs[j] = __builtin_shufflevector(rows[j], rows[j + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        pairs[j + 1] = __builtin_shufflevector(rows[j], rows[j + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    for (int j = 0; j < 8; j += 4)
        for (int i = 0; i < 2; i++) {
            quads[j + i] = __builtin_shufflevector(pairs[j + i], pairs[j + i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            quads[j + i + 2] = __builtin_shufflevector(pairs[j + i], pairs[j + i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    for (int j = 0; j < 4; j++) {
        *(tocsin_eight *)(out + j * out_stride) =
            __builtin_shufflevector(quads[j], quads[j + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        *(tocsin_eight *)(out + (j + 4) * out_stride) =
            __builtin_shufflevector(quads[j], quads[j + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/// `row = exp(row - greatest)`; returns the sum.
TOCSIN_INLINE float tocsin_exp_row(float *row, long count) {
#pragma clang fp reassociate(on)
    const float greatest = tocsin_greatest(row, count);
    float sum = 0;
    for (long i = 0; i < count; i++) {
        row[i] = tocsin_exp(row[i] - greatest);
        sum += row[i];
    }
    return sum;
}

#endif

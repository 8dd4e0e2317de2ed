#ifndef TOCSIN_VECTOR_KERNELS_H
#define TOCSIN_VECTOR_KERNELS_H

#include "BackwardKernels.h"
#include "Int8Kernels.h"

// The encoder's arithmetic between its matrix products. Each function is compiled for AVX-512, for AVX2 with FMA and
// for any machine, and the one that the CPU can run is chosen when the program is loaded; Swift cannot do this.
//
// Matrices are row-major; a stride is the number of floats from one row to the next.

/// `rows[r] = row` for each of `count` rows.
void tocsin_fill_rows(float *rows, long stride, long count, const float *row, long columns);

/// `output[r] = input[r] + row` for each of `count` rows.
void tocsin_add_row(
    float *output, long output_stride, const float *input, long input_stride, long count, const float *row,
    long columns);

enum { TOCSIN_MOST_FEW_ROWS = 128 };

/// `output += rows · weightᵀ` for at most TOCSIN_MOST_FEW_ROWS rows; `weight` is `[outputs, inputs]`. An output is the
/// same bit for bit whatever others are computed with it.
void tocsin_add_few_rows(
    const float *rows, long stride, long count, const float *weight, long weight_stride, long outputs, long inputs,
    float *output, long output_stride);

/// `x = x · Φ(x)` with the exact normal distribution, in place; the error function's absolute error is below 5e-7.
void tocsin_gelu(float *values, long stride, long count, long columns);

/// `row = (row - mean) / √(variance + epsilon) · weight + bias`, in place, for each of `count` rows.
void tocsin_layer_norm(
    float *rows, long stride, long count, long columns, const float *weight, const float *bias, float epsilon);

/// `row = exp(row) / Σ exp(row)`, in place, for each of `count` rows.
void tocsin_softmax(float *rows, long stride, long count, long columns);

/// Floats of scratch memory that `tocsin_attention` needs.
long tocsin_attention_scratch(long tokens, long head_size);

/// Attention of one sequence's tokens to each other: `context = softmax(scale · query · keyᵀ) · value` for each head
/// from `first_head` to before `last_head`.
///
/// `qkv` holds a token's query, key and value side by side, `heads · head_size` floats each; `context` has
/// `heads · head_size` floats a token, of which those of these heads are written.
void tocsin_attention(
    const float *qkv, long qkv_stride, long tokens, long heads, long head_size, long first_head, long last_head,
    float scale, float *scratch, float *context, long context_stride);

#endif

#ifndef TOCSIN_BACKWARD_KERNELS_H
#define TOCSIN_BACKWARD_KERNELS_H

#include <stdint.h>

// The derivatives of the encoder's arithmetic between its matrix products, and what training adds to it.
//
// A gradient is overwritten in place: the loss's derivative by a function's output becomes that by its input.

/// `gradient = gradient · (Φ(x) + x · φ(x))`: back through GELU, whose inputs are `x`.
void tocsin_gelu_backward(
    float *gradient, long gradient_stride, const float *x, long x_stride, long count, long columns);

/// Back through a layer normalisation whose inputs are `x`; its weight and bias are constants.
void tocsin_layer_norm_backward(
    float *gradient, long gradient_stride, const float *x, long x_stride, long count, long columns,
    const float *weight, float epsilon);

/// `gradient = p · (gradient - Σ p · gradient)`, row by row: back through a softmax whose outputs are `p`.
void tocsin_softmax_backward(
    float *gradient, long gradient_stride, const float *p, long p_stride, long count, long columns);

/// `output = dropped(output) + input`.
///
/// Dropped is each component with a probability of `rate`, the others are divided by `1 - rate`; which ones depends on
/// `seed` and the component's place alone. `input` may be null, which adds nothing.
void tocsin_drop_and_add(
    float *output, long output_stride, const float *input, long input_stride, long count, long columns, float rate,
    uint32_t seed);

#endif

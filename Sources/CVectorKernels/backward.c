#include "BackwardKernels.h"
#include "elementary.h"

TOCSIN_EACH_CPU
void tocsin_gelu_backward(
    float *gradient, long gradient_stride, const float *x, long x_stride, long count, long columns) {
    for (long r = 0; r < count; r++) {
        float *out = gradient + r * gradient_stride;
        const float *in = x + r * x_stride;
        for (long c = 0; c < columns; c++) {
            const float cumulative = 0.5f * (1.0f + tocsin_erf(in[c] * 0.707106781f));
            const float density = 0.398942280f * tocsin_exp(-0.5f * in[c] * in[c]);
            out[c] *= cumulative + in[c] * density;
        }
    }
}

TOCSIN_EACH_CPU
void tocsin_layer_norm_backward(
    float *gradient, long gradient_stride, const float *x, long x_stride, long count, long columns,
    const float *weight, float epsilon) {
#pragma clang fp reassociate(on)
    const float share = 1.0f / (float)columns;
    for (long r = 0; r < count; r++) {
        float *out = gradient + r * gradient_stride;
        const float *in = x + r * x_stride;
        float sum = 0;
        for (long c = 0; c < columns; c++) sum += in[c];
        const float mean = sum * share;
        float squares = 0;
        for (long c = 0; c < columns; c++) squares += (in[c] - mean) * (in[c] - mean);
        const float scale = 1.0f / sqrtf(squares * share + epsilon);

        float gradients = 0, projections = 0;
        for (long c = 0; c < columns; c++) {
            const float g = out[c] * weight[c];
            gradients += g;
            projections += g * (in[c] - mean);
        }
        const float offset = gradients * share;
        const float slope = projections * share * scale * scale;
        for (long c = 0; c < columns; c++)
            out[c] = scale * (out[c] * weight[c] - offset - (in[c] - mean) * slope);
    }
}

TOCSIN_EACH_CPU
void tocsin_softmax_backward(
    float *gradient, long gradient_stride, const float *p, long p_stride, long count, long columns) {
#pragma clang fp reassociate(on)
    for (long r = 0; r < count; r++) {
        float *out = gradient + r * gradient_stride;
        const float *probabilities = p + r * p_stride;
        float sum = 0;
        for (long c = 0; c < columns; c++) sum += out[c] * probabilities[c];
        for (long c = 0; c < columns; c++) out[c] = probabilities[c] * (out[c] - sum);
    }
}

/// A number for each place of a seed: MurmurHash3's last mixing steps.
TOCSIN_INLINE uint32_t mixed(uint32_t place, uint32_t seed) {
    uint32_t h = place * 0x9E3779B9u + seed;
    h = (h ^ (h >> 16)) * 0x85EBCA6Bu;
    h = (h ^ (h >> 13)) * 0xC2B2AE35u;
    return h ^ (h >> 16);
}

TOCSIN_EACH_CPU
void tocsin_drop_and_add(
    float *output, long output_stride, const float *input, long input_stride, long count, long columns, float rate,
    uint32_t seed) {
    const float scale = 1.0f / (1.0f - rate);
    const uint32_t threshold = (uint32_t)(rate * 4294967040.0f);
    for (long r = 0; r < count; r++) {
        float *out = output + r * output_stride;
        const uint32_t first = (uint32_t)r * (uint32_t)columns;
        if (rate > 0)
            for (uint32_t c = 0; c < (uint32_t)columns; c++)
                out[c] = mixed(first + c, seed) >= threshold ? out[c] * scale : 0.0f;
        if (input) {
            const float *in = input + r * input_stride;
            for (long c = 0; c < columns; c++) out[c] += in[c];
        }
    }
}

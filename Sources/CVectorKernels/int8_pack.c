#include "elementary.h"
#include "int8.h"

TOCSIN_INLINE long rounded_up(long count, long unit) { return (count + unit - 1) / unit * unit; }

long tocsin_int8_padded_outputs(long outputs) { return rounded_up(outputs, PANEL); }
long tocsin_int8_padded_inputs(long inputs) { return rounded_up(inputs, GROUP); }

/// The smallest scale at which one output's weights fit their bytes and AVX2's 16-bit sums.
TOCSIN_INLINE float scale_of(const float *weights, long inputs) {
    float largest = 0, largest_sum = 0;
    for (long k = 0; k < inputs; k += 2) {
        const float one = weights[k], other = k + 1 < inputs ? weights[k + 1] : 0;
        const float sum = fabsf(one + other);
        largest = fabsf(one) > largest ? fabsf(one) : largest;
        largest = fabsf(other) > largest ? fabsf(other) : largest;
        if (one * other > 0 && sum > largest_sum) largest_sum = sum;
    }
    // Rounding adds up to a half to each of the two: 127 + 1 = 128.
    const float scale = (largest > largest_sum ? largest : largest_sum) / 127;
    return scale > 0 ? scale : 1;
}

TOCSIN_EACH_CPU
void tocsin_int8_pack(const float *weight, long stride, const float *bias, tocsin_int8_linear *linear) {
    const long outputs = tocsin_int8_padded_outputs(linear->outputs);
    const long inputs = tocsin_int8_padded_inputs(linear->inputs);
    float row[linear->inputs];
    memset(linear->weights, 0, (size_t)(outputs * inputs));
    memset(linear->large_weights, 0, (size_t)(linear->large.count * outputs) * sizeof(float));
    for (long output = 0; output < outputs; output++) {
        linear->scales[output] = 0;
        linear->sums[output] = 0;
        linear->bias[output] = 0;
        if (output >= linear->outputs) continue;
        memcpy(row, weight + output * stride, sizeof row);
        for (long i = 0; i < linear->large.count; i++) {
            linear->large_weights[i * outputs + output] = row[linear->large.inputs[i]];
            row[linear->large.inputs[i]] = 0;
        }
        const float scale = scale_of(row, linear->inputs);
        int8_t *panel = linear->weights + output / PANEL * PANEL * inputs + output % PANEL * STEP;
        int32_t sum = 0;
        for (long k = 0; k < linear->inputs; k++) {
            const int32_t quantized = tocsin_clamped(tocsin_nearest(row[k] / scale), -127, 127);
            panel[k / STEP * STEP * PANEL + k % STEP] = (int8_t)quantized;
            sum += quantized;
        }
        linear->scales[output] = scale;
        linear->sums[output] = sum;
        linear->bias[output] = bias[output];
    }
}

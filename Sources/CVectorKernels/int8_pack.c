#include "elementary.h"
#include "int8.h"

TOCSIN_INLINE long rounded_up(long count, long unit) { return (count + unit - 1) / unit * unit; }

long tocsin_int8_padded_outputs(long outputs) { return rounded_up(outputs, PANEL); }
long tocsin_int8_padded_inputs(long inputs) { return rounded_up(inputs, GROUP); }

/// The smallest scale at which one output's weights fit their bytes and AVX2's 16-bit sums.
TOCSIN_INLINE float scale_of(const float *weights, long inputs) {
    float largest = 0, largest_sum = 0;
    for (long start = 0; start < inputs; start += GROUP) {
        // Those added up in one 16-bit sum are inputs 0, 1, 4, 5 or 2, 3, 6, 7 of a group.
        float positive[2] = {0}, negative[2] = {0};
        for (long k = 0; k < GROUP && start + k < inputs; k++) {
            const float weight = weights[start + k];
            positive[k / 2 % 2] += weight > 0 ? weight : 0;
            negative[k / 2 % 2] += weight < 0 ? -weight : 0;
            largest = fabsf(weight) > largest ? fabsf(weight) : largest;
        }
        for (int s = 0; s < 2; s++) {
            largest_sum = positive[s] > largest_sum ? positive[s] : largest_sum;
            largest_sum = negative[s] > largest_sum ? negative[s] : largest_sum;
        }
    }
    // Rounding adds up to a half to each of the four: 126 + 2 = 128.
    const float scale = largest / 127 > largest_sum / 126 ? largest / 127 : largest_sum / 126;
    return scale > 0 ? scale : 1;
}

TOCSIN_EACH_CPU
void tocsin_int8_pack(const float *weight, long stride, const float *bias, tocsin_int8_linear *linear) {
    const long outputs = tocsin_int8_padded_outputs(linear->outputs);
    const long inputs = tocsin_int8_padded_inputs(linear->inputs);
    memset(linear->weights, 0, (size_t)(outputs * inputs));
    for (long output = 0; output < outputs; output++) {
        linear->scales[output] = 0;
        linear->sums[output] = 0;
        linear->bias[output] = 0;
        if (output >= linear->outputs) continue;
        const float *row = weight + output * stride;
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

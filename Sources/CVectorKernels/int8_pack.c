#include "elementary.h"
#include "int8.h"

TOCSIN_INLINE long rounded_up(long count, long unit) { return (count + unit - 1) / unit * unit; }

long tocsin_int8_padded_outputs(long outputs) { return rounded_up(outputs, TOCSIN_INT8_OUTPUTS_TOGETHER); }
long tocsin_int8_padded_inputs(long inputs) { return rounded_up(inputs, GROUP); }

enum {
    SUMS = 2,         // 16-bit sums of a group: of inputs 0, 1, 4, 5 and of inputs 2, 3, 6, 7
    MOST_SUM = 128,   // of the weights of one sign in a sum
    MOST_WEIGHT = 127,
};

/// The sum that a weight is added up in.
TOCSIN_INLINE long sum_of(long input) { return input / 2 % SUMS; }

/// The weights of each sign that are already in a group's sums.
typedef struct {
    float positive[SUMS], negative[SUMS];
} group_sums;

TOCSIN_INLINE void add_weight(group_sums *sums, long input, float weight) {
    sums->positive[sum_of(input)] += weight > 0 ? weight : 0;
    sums->negative[sum_of(input)] -= weight < 0 ? weight : 0;
}

/// The smallest scale at which one output's weights fit their bytes and AVX2's 16-bit sums.
TOCSIN_INLINE float scale_of(const float *weights, long inputs) {
    float largest = 0, largest_sum = 0;
    for (long start = 0; start < inputs; start += GROUP) {
        group_sums sums = {{0}, {0}};
        for (long k = start; k < start + GROUP && k < inputs; k++) {
            add_weight(&sums, k, weights[k]);
            largest = fabsf(weights[k]) > largest ? fabsf(weights[k]) : largest;
        }
        for (int s = 0; s < SUMS; s++) {
            largest_sum = sums.positive[s] > largest_sum ? sums.positive[s] : largest_sum;
            largest_sum = sums.negative[s] > largest_sum ? sums.negative[s] : largest_sum;
        }
    }
    // Rounding adds up to a half to each of the four.
    const float by_sum = largest_sum / (MOST_SUM - 2), by_weight = largest / MOST_WEIGHT;
    const float scale = by_weight > by_sum ? by_weight : by_sum;
    return scale > 0 ? scale : 1;
}

TOCSIN_EACH_CPU
void tocsin_int8_scale(const float *weight, long stride, tocsin_int8_linear *linear, float *scaled) {
    const long outputs = tocsin_int8_padded_outputs(linear->outputs);
    memset(linear->large_weights, 0, (size_t)(linear->large.count * outputs) * sizeof(float));
    memset(linear->scales, 0, (size_t)outputs * sizeof(float));
    for (long output = 0; output < linear->outputs; output++) {
        float *row = scaled + output * linear->inputs;
        memcpy(row, weight + output * stride, (size_t)linear->inputs * sizeof(float));
        for (long i = 0; i < linear->large.count; i++) {
            linear->large_weights[i * outputs + output] = row[linear->large.inputs[i]];
            row[linear->large.inputs[i]] = 0;
        }
        const float scale = scale_of(row, linear->inputs);
        for (long k = 0; k < linear->inputs; k++) row[k] /= scale;
        linear->scales[output] = scale;
    }
}

TOCSIN_EACH_CPU
void tocsin_int8_round(
    float *scaled, long stride, long outputs, long inputs, const float *feedback) {
    for (long output = 0; output < outputs; output++) {
        float *row = scaled + output * stride;
        group_sums sums = {{0}, {0}};
        for (long k = 0; k < inputs; k++) {
            if (k % GROUP == 0) sums = (group_sums){{0}, {0}};
            const float room = MOST_SUM - sums.positive[sum_of(k)], below = MOST_SUM - sums.negative[sum_of(k)];
            const float most = room < MOST_WEIGHT ? room : MOST_WEIGHT;
            const float least = below < MOST_WEIGHT ? -below : -MOST_WEIGHT;
            const float nearest = (float)tocsin_nearest(row[k]);
            const float rounded = nearest > most ? most : nearest < least ? least : nearest;
            const float error = row[k] - rounded;
            add_weight(&sums, k, rounded);
            row[k] = rounded;
            if (feedback != NULL)
                for (long j = k + 1; j < inputs; j++) row[j] -= error * feedback[k * inputs + j];
        }
    }
}

void tocsin_int8_pack(const float *rounded, const float *bias, tocsin_int8_linear *linear) {
    const long outputs = tocsin_int8_padded_outputs(linear->outputs);
    const long depth = tocsin_int8_padded_inputs(linear->inputs);
    memset(linear->weights, 0, (size_t)(outputs * depth));
    for (long output = 0; output < outputs; output++) {
        linear->sums[output] = 0;
        linear->bias[output] = output < linear->outputs ? bias[output] : 0;
        if (output >= linear->outputs) continue;
        int8_t *panel = linear->weights + output / PANEL * PANEL * depth + output % PANEL * STEP;
        for (long k = 0; k < linear->inputs; k++) {
            const int8_t weight = (int8_t)rounded[output * linear->inputs + k];
            panel[k / STEP * STEP * PANEL + k % STEP] = weight;
            linear->sums[output] += weight;
        }
    }
}

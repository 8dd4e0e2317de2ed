#include "elementary.h"
#include "int8.h"

TOCSIN_EACH_CPU
void tocsin_int8_quantize(
    const float *rows, long stride, long count, long columns, const tocsin_int8_large_inputs *large,
    tocsin_int8_rows output) {
    const long depth = tocsin_int8_padded_inputs(columns);
    for (long r = 0; r < count; r++) {
        const float *row = rows + r * stride;
        uint8_t *values = output.values + r * depth;
        float low = 0, high = 0;
        for (long i = 0, from = 0; i <= large->count; i++) {
            const long to = i < large->count ? large->inputs[i] : columns;
            float least, greatest;
            tocsin_range(row + from, to - from, &least, &greatest);
            low = least < low ? least : low;
            high = greatest > high ? greatest : high;
            from = to + 1;
        }
        for (long i = 0; i < large->count; i++)
            output.large[r * TOCSIN_INT8_MOST_LARGE_INPUTS + i] = row[large->inputs[i]];
        const float range = high - low;
        const float scale = range > 0 ? range / 255 : 1;
        const float inverse = 1 / scale;
        const int32_t zero = tocsin_nearest(-low * inverse);
        long c = 0;
        for (; c < columns; c++)
            values[c] = (uint8_t)tocsin_clamped(tocsin_nearest(row[c] * inverse) + zero, 0, 255);
        for (; c < depth; c++) values[c] = 0;
        output.scales[r] = scale;
        output.zeros[r] = zero;
    }
}

/// In registers, which a loop over an array of floats would leave between its rounds.
typedef float panel_floats __attribute__((vector_size(PANEL * sizeof(float)), aligned(sizeof(float))));

TOCSIN_EACH_CPU
void tocsin_int8_product(
    tocsin_int8_kernel kernel, tocsin_int8_rows rows, long count, const tocsin_int8_linear *linear,
    tocsin_int8_finish finish, const float *residual, long residual_stride, float *output, long stride) {
    const tocsin_int8_tiling tiling = tocsin_int8_tiling_of(kernel);
    const long depth = tocsin_int8_padded_inputs(linear->inputs);
    const long padded_outputs = tocsin_int8_padded_outputs(linear->outputs);
    int32_t sums[MAX_TILE_ROWS * PANEL];
    for (long first = 0; first < linear->outputs; first += PANEL) {
        const float *scales = linear->scales + first, *bias = linear->bias + first;
        const int32_t *weight_sums = linear->sums + first;
        const size_t width = linear->outputs - first < PANEL ? (size_t)(linear->outputs - first) : PANEL;
        for (long start = 0; start < count; start += tiling.rows) {
            const long tall = count - start < tiling.rows ? count - start : tiling.rows;
            tiling.tile(rows.values + start * depth, tall, linear->weights + first * depth, depth, sums);
            for (long r = 0; r < tall; r++) {
                const int32_t *sum = sums + r * PANEL, zero = rows.zeros[start + r];
                const float scale = rows.scales[start + r];
                float values[PANEL];
                for (int c = 0; c < PANEL; c++)
                    values[c] = (float)(sum[c] - zero * weight_sums[c]) * (scale * scales[c]) + bias[c];
                const float *large = rows.large + (start + r) * TOCSIN_INT8_MOST_LARGE_INPUTS;
                panel_floats large_sums = {0};
                for (long i = 0; i < linear->large.count; i++)
                    large_sums += large[i] * *(const panel_floats *)(linear->large_weights + i * padded_outputs + first);
                for (int c = 0; c < PANEL; c++) values[c] += large_sums[c];
                if (finish == TOCSIN_INT8_ADD_BIAS_GELU)
                    for (int c = 0; c < PANEL; c++) values[c] = tocsin_gelu_value(values[c]);
                if (finish == TOCSIN_INT8_ADD_BIAS_RESIDUAL) {
                    const float *added = residual + (start + r) * residual_stride + first;
                    if (width == PANEL)
                        for (int c = 0; c < PANEL; c++) values[c] += added[c];
                    else
                        for (size_t c = 0; c < width; c++) values[c] += added[c];
                }
                float *destination = output + (start + r) * stride + first;
                if (width == PANEL)
                    memcpy(destination, values, sizeof values);  // of a size that needs no call
                else
                    memcpy(destination, values, width * sizeof *values);
            }
        }
    }
}

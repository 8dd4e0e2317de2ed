#include "elementary.h"
#include "int8.h"

TOCSIN_EACH_CPU
void tocsin_int8_quantize(
    const float *rows, long stride, long count, long columns, const tocsin_int8_large_inputs *large,
    tocsin_int8_rows output) {
    const long depth = tocsin_int8_padded_inputs(columns);
    float row[columns];
    for (long r = 0; r < count; r++) {
        memcpy(row, rows + r * stride, sizeof row);
        for (long i = 0; i < large->count; i++) {
            output.large[r * TOCSIN_INT8_MOST_LARGE_INPUTS + i] = row[large->inputs[i]];
            row[large->inputs[i]] = 0;
        }
        uint8_t *values = output.values + r * depth;
        float low, high;
        tocsin_range(row, columns, &low, &high);
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

enum { ROWS = 4 };  // rows whose sums are finished together

/// In registers, which a loop over an array of floats would leave between its rounds.
typedef float panel_floats __attribute__((vector_size(PANEL * sizeof(float)), aligned(sizeof(float))));
typedef int32_t panel_integers __attribute__((vector_size(PANEL * sizeof(int32_t)), aligned(sizeof(int32_t))));

/// What `count` rows from `start` on and the panel from `first` on come to, bias included; `values` has ROWS rows, of which
/// those after `count` repeat the last one.
TOCSIN_INLINE void in_floats(
    const int32_t *sums, const tocsin_int8_rows *rows, long start, long count, const tocsin_int8_linear *linear,
    long first, float *values) {
    const long padded_outputs = tocsin_int8_padded_outputs(linear->outputs);
    const panel_integers weight_sums = *(const panel_integers *)(linear->sums + first);
    const panel_floats scales = *(const panel_floats *)(linear->scales + first);
    const panel_floats bias = *(const panel_floats *)(linear->bias + first);
    const float *large[ROWS];
    panel_floats value[ROWS];
    for (int r = 0; r < ROWS; r++) {
        const long row = r < count ? r : count - 1;
        const panel_integers sum = *(const panel_integers *)(sums + row * PANEL);
        value[r] = __builtin_convertvector(sum - rows->zeros[start + row] * weight_sums, panel_floats);
        value[r] = value[r] * (rows->scales[start + row] * scales) + bias;
        large[r] = rows->large + (start + row) * TOCSIN_INT8_MOST_LARGE_INPUTS;
    }
    for (long i = 0; i < linear->large.count; i++) {
        const panel_floats weights = *(const panel_floats *)(linear->large_weights + i * padded_outputs + first);
        for (int r = 0; r < ROWS; r++) value[r] += large[r][i] * weights;
    }
    for (int r = 0; r < ROWS; r++) *(panel_floats *)(values + r * PANEL) = value[r];
}

/// Writes a row's values of one panel, whose first `width` outputs the layer has, with what is added to them.
TOCSIN_INLINE void write_panel(const float *values, const float *added, long width, float *output) {
    if (width < PANEL)
        for (long c = 0; c < width; c++) output[c] = values[c] + (added != NULL ? added[c] : 0);
    else if (added != NULL)
        *(panel_floats *)output = *(const panel_floats *)values + *(const panel_floats *)added;
    else
        *(panel_floats *)output = *(const panel_floats *)values;
}

TOCSIN_EACH_CPU
void tocsin_int8_product(
    tocsin_int8_kernel kernel, tocsin_int8_rows rows, long count, const tocsin_int8_linear *linear,
    tocsin_int8_finish finish, const float *residual, long residual_stride, float *output, long stride) {
    const tocsin_int8_tiling tiling = tocsin_int8_tiling_of(kernel);
    const long depth = tocsin_int8_padded_inputs(linear->inputs);
    int32_t sums[MAX_TILE_ROWS * PANEL];
    float values[ROWS * PANEL];
    for (long first = 0; first < linear->outputs; first += PANEL) {
        const long width = linear->outputs - first < PANEL ? linear->outputs - first : PANEL;
        for (long start = 0; start < count; start += tiling.rows) {
            const long end = start + tiling.rows < count ? start + tiling.rows : count;
            tiling.tile(rows.values + start * depth, end - start, linear->weights + first * depth, depth, sums);
            for (long row = start; row < end; row += ROWS) {
                const long tall = end - row < ROWS ? end - row : ROWS;
                in_floats(sums + (row - start) * PANEL, &rows, row, tall, linear, first, values);
                if (finish == TOCSIN_INT8_ADD_BIAS_GELU)
                    for (int c = 0; c < ROWS * PANEL; c++) values[c] = tocsin_gelu_value(values[c]);
                for (long r = 0; r < tall; r++) {
                    const float *added =
                        finish == TOCSIN_INT8_ADD_BIAS_RESIDUAL ? residual + (row + r) * residual_stride + first : NULL;
                    write_panel(values + r * PANEL, added, width, output + (row + r) * stride + first);
                }
            }
        }
    }
}

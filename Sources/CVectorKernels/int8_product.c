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

enum { MOST_TALL = 4 };  // rows whose sums are finished together

/// In registers, which a loop over an array of floats would leave between its rounds.
typedef float panel_floats __attribute__((vector_size(PANEL * sizeof(float)), aligned(sizeof(float))));
typedef int32_t panel_integers __attribute__((vector_size(PANEL * sizeof(int32_t)), aligned(sizeof(int32_t))));

/// What `count` rows from `start` on and the panel from `first` on come to, bias included; `values` has `tall` rows, of which
/// those after `count` repeat the last one, as `sums` has, from one row to the next `stride`.
TOCSIN_INLINE void in_floats(
    const int32_t *sums, long stride, const tocsin_int8_rows *rows, long start, long count, const int tall,
    const tocsin_int8_linear *linear, long first, float *values) {
    const long padded_outputs = tocsin_int8_padded_outputs(linear->outputs);
    const panel_integers weight_sums = *(const panel_integers *)(linear->sums + first);
    const panel_floats scales = *(const panel_floats *)(linear->scales + first);
    const panel_floats bias = *(const panel_floats *)(linear->bias + first);
    const float *large[MOST_TALL];
    panel_floats value[MOST_TALL];
    for (int r = 0; r < tall; r++) {
        const long row = r < count ? r : count - 1;
        const panel_integers sum = *(const panel_integers *)(sums + row * stride);
        value[r] = __builtin_convertvector(sum - rows->zeros[start + row] * weight_sums, panel_floats);
        value[r] = value[r] * (rows->scales[start + row] * scales) + bias;
        large[r] = rows->large + (start + row) * TOCSIN_INT8_MOST_LARGE_INPUTS;
    }
    for (long i = 0; i < linear->large.count; i++) {
        const panel_floats weights = *(const panel_floats *)(linear->large_weights + i * padded_outputs + first);
        for (int r = 0; r < tall; r++) value[r] += large[r][i] * weights;
    }
    for (int r = 0; r < tall; r++) *(panel_floats *)(values + r * PANEL) = value[r];
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

/// What is done to a layer's sums, and where the results go.
typedef struct {
    const tocsin_int8_rows *rows;
    const tocsin_int8_linear *linear;
    tocsin_int8_finish finish;
    const float *residual;
    long residual_stride;
    float *output;
    long stride;
} finishing;

/// Finishes the sums of `count` rows from `start` on and of the panel from `first` on, which has `width` outputs, `tall`
/// rows at a time.
TOCSIN_INLINE void finish_panel(
    const finishing *to, const int32_t *sums, long sums_stride, long start, long count, const int tall, long first,
    long width) {
    float values[MOST_TALL * PANEL];
    for (long r = 0; r < count; r += tall) {
        const long rest = count - r < tall ? count - r : tall;
        in_floats(
            sums + r * sums_stride, sums_stride, to->rows, start + r, rest, tall, to->linear, first, values);
        if (to->finish == TOCSIN_INT8_ADD_BIAS_GELU)
            for (int c = 0; c < tall * PANEL; c++) values[c] = tocsin_gelu_value(values[c]);
        for (long i = 0; i < rest; i++) {
            const long row = start + r + i;
            const float *added =
                to->finish == TOCSIN_INT8_ADD_BIAS_RESIDUAL ? to->residual + row * to->residual_stride + first : NULL;
            write_panel(values + i * PANEL, added, width, to->output + row * to->stride + first);
        }
    }
}

TOCSIN_EACH_CPU
void tocsin_int8_product(
    tocsin_int8_kernel kernel, tocsin_int8_rows rows, long count, const tocsin_int8_linear *linear,
    tocsin_int8_finish finish, long first, long end, const float *residual, long residual_stride, float *output,
    long stride) {
    const tocsin_int8_tiling tiling = tocsin_int8_tiling_of(kernel);
    const long depth = tocsin_int8_padded_inputs(linear->inputs), together = tiling.panels * PANEL;
    const finishing to = {&rows, linear, finish, residual, residual_stride, output, stride};
    int32_t sums[MOST_ROWS * MOST_PANELS * PANEL];
    if (count <= 0) return;
    // The first tiles fetch the next panels, so that none waits for memory.
    const long tiles = (count + tiling.rows - 1) / tiling.rows, lines_of_group = together * GROUP / LINE;
    const long lines = (lines_of_group + tiles - 1) / tiles, fetching = (lines_of_group + lines - 1) / lines;
    for (; first < end; first += together) {
        const int8_t *panels = linear->weights + first * depth;
        for (long tile = 0; tile < tiles; tile++) {
            const long start = tile * tiling.rows, left = count - start;
            const long tall = left < tiling.rows ? left : tiling.rows;
            const int8_t *next = panels + together * depth + tile * lines * LINE * (depth / GROUP);
            tiling.tile(
                rows.values + start * depth, tall, panels, depth, sums, next,
                first + together < end && tile < fetching ? lines : 0);
            for (long panel = 0; panel < together && first + panel < end; panel += PANEL) {
                const long rest = end - first - panel, width = rest < PANEL ? rest : PANEL;
                // Tiles have 4 or 6 rows.
                if (tiling.rows % 4 == 0)
                    finish_panel(&to, sums + panel, together, start, tall, 4, first + panel, width);
                else
                    finish_panel(&to, sums + panel, together, start, tall, 3, first + panel, width);
            }
        }
    }
}

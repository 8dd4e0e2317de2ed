// The body of a product of few rows, included once for each width of registers; what differs is defined before:
//
//   NAME(part)    the functions' names
//   ATTRIBUTES    the instruction set, for the compiler
//   LANES         a type of the floats of one register

#define WIDTH ((long)(sizeof(LANES) / sizeof(float)))
// Outputs of a panel.
#define PANEL (2 * WIDTH)

/// `panel[k][c] = weight[c][k]`, with zeros from column `wide` on.
ATTRIBUTES
static void NAME(pack)(const float *weight, long stride, long wide, long depth, float *panel) {
    for (long c = 0; c < PANEL; c += 8)
        for (long k = 0; k < depth; k += 8) {
            if (c + 8 <= wide && k + 8 <= depth) {
                tocsin_transpose(weight + c * stride + k, stride, panel + k * PANEL + c, PANEL);
                continue;
            }
            for (long i = k; i < k + 8 && i < depth; i++)
                for (long j = c; j < c + 8; j++) panel[i * PANEL + j] = j < wide ? weight[j * stride + i] : 0;
        }
}

/// `output[r][c] += Σ_k rows[r][k] · panel[k][c]` for `tall` rows and the first `wide` columns; fetches `depth` inputs of
/// `next_count` rows of weights meanwhile.
ATTRIBUTES
static inline __attribute__((always_inline)) void NAME(tile)(
    const float *rows, const int tall, const float *panel, long depth, float *output, long stride, long wide,
    const float *next, long next_stride, long next_count) {
    LANES sums[ROWS][2] = {0};
    for (long line = 0; line < depth; line += LINE) {
        // A few at a time: all at once would hold up the loads of the sums.
        for (long c = 0; c < next_count; c++) __builtin_prefetch(next + c * next_stride + line, 0, 2);
        for (long k = line; k < LEAST(line + LINE, depth); k++) {
            const LANES low = *(const LANES *)(panel + k * PANEL), high = *(const LANES *)(panel + k * PANEL + WIDTH);
            for (int r = 0; r < tall; r++) {
                sums[r][0] += rows[r * BLOCK_INPUTS + k] * low;
                sums[r][1] += rows[r * BLOCK_INPUTS + k] * high;
            }
        }
    }
    if (wide == PANEL) {
        for (int r = 0; r < tall; r++) {
            *(LANES *)(output + r * stride) += sums[r][0];
            *(LANES *)(output + r * stride + WIDTH) += sums[r][1];
        }
        return;
    }
    for (int r = 0; r < tall; r++)
        for (long c = 0; c < wide; c++) output[r * stride + c] += sums[r][c / WIDTH][c % WIDTH];
}

/// The same at a height known to the compiler, which keeps the sums in registers only then.
ATTRIBUTES
static void NAME(rows)(
    const float *rows, long tall, const float *panel, long depth, float *output, long stride, long wide,
    const float *next, long next_stride, long next_count) {
    switch (tall) {
    case 1: NAME(tile)(rows, 1, panel, depth, output, stride, wide, next, next_stride, next_count); break;
    case 2: NAME(tile)(rows, 2, panel, depth, output, stride, wide, next, next_stride, next_count); break;
    case 3: NAME(tile)(rows, 3, panel, depth, output, stride, wide, next, next_stride, next_count); break;
    case 4: NAME(tile)(rows, 4, panel, depth, output, stride, wide, next, next_stride, next_count); break;
    case 5: NAME(tile)(rows, 5, panel, depth, output, stride, wide, next, next_stride, next_count); break;
    case ROWS: NAME(tile)(rows, ROWS, panel, depth, output, stride, wide, next, next_stride, next_count); break;
    }
}

ATTRIBUTES
static void NAME(product)(
    const float *rows, long stride, long count, const float *weight, long weight_stride, long outputs, long inputs,
    float *output, long output_stride) {
    float packed[TOCSIN_MOST_FEW_ROWS * BLOCK_INPUTS] __attribute__((aligned(64)));
    float panel[BLOCK_INPUTS * PANEL] __attribute__((aligned(64)));
    const long tiles = (count + ROWS - 1) / ROWS;
    for (long k = 0; k < inputs; k += BLOCK_INPUTS) {
        const long depth = LEAST(BLOCK_INPUTS, inputs - k);
        // Together, as strides of a multiple of 2 KiB share few lines of the first-level cache.
        for (long r = 0; r < count; r++)
            memcpy(packed + r * BLOCK_INPUTS, rows + r * stride + k, (size_t)depth * sizeof *packed);
        for (long n = 0; n < outputs; n += PANEL) {
            const long wide = LEAST(PANEL, outputs - n), next = LEAST(PANEL, outputs - n - wide);
            NAME(pack)(weight + n * weight_stride + k, weight_stride, wide, depth, panel);
            for (long tile = 0; tile < tiles; tile++) {
                const long row = count * tile / tiles, ahead = next * tile / tiles;
                NAME(rows)(
                    packed + row * BLOCK_INPUTS, count * (tile + 1) / tiles - row, panel, depth,
                    output + row * output_stride + n, output_stride, wide,
                    weight + (n + PANEL + ahead) * weight_stride + k, weight_stride, next * (tile + 1) / tiles - ahead);
            }
        }
    }
}

#undef NAME
#undef ATTRIBUTES
#undef LANES
#undef WIDTH
#undef PANEL

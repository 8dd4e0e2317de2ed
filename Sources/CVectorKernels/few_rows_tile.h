// The body of a product of few rows, included once for each width of registers; what differs is defined before:
//
//   PRODUCT, TILE        the functions' names
//   PRODUCT_ATTRIBUTES   the instruction set, for the compiler
//   LANES                a type of the floats of one register
//   EIGHT(lanes)         its sum in eight floats

/// `output[r][c] += Σ_k rows[r][k] · weight[c][k]` for the first `tall` of ROWS rows and the first `wide` of OUTPUTS.
PRODUCT_ATTRIBUTES
static inline __attribute__((always_inline)) void TILE(
    const float *rows, const float *const weight[OUTPUTS], long depth, float *output, long stride, long tall,
    long wide) {
    const long step = sizeof(LANES) / sizeof(float);
    LANES tile[ROWS][OUTPUTS] = {0};
    long k = 0;
    for (; k + step <= depth; k += step) {
        // Rows first: with one register for weights, those of AVX2 just suffice.
        LANES x[ROWS];
        for (int r = 0; r < ROWS; r++) x[r] = *(const LANES *)(rows + r * BLOCK_INPUTS + k);
        for (int c = 0; c < OUTPUTS; c++) {
            const LANES w = *(const LANES *)(weight[c] + k);
            for (int r = 0; r < ROWS; r++) tile[r][c] += x[r] * w;
        }
    }
    four sums[ROWS];
    for (int r = 0; r < ROWS; r++) {
        eight parts[OUTPUTS];
        for (int c = 0; c < OUTPUTS; c++) parts[c] = EIGHT(tile[r][c]);
        add_up(parts, &sums[r]);
        for (long rest = k; rest < depth; rest++)
            for (int c = 0; c < OUTPUTS; c++) sums[r][c] += rows[r * BLOCK_INPUTS + rest] * weight[c][rest];
    }
    if (tall == ROWS && wide == OUTPUTS) {
        for (int r = 0; r < ROWS; r++) *(four *)(output + r * stride) += sums[r];
        return;
    }
    for (long r = 0; r < tall; r++)
        for (long c = 0; c < wide; c++) output[r * stride + c] += sums[r][c];
}

PRODUCT_ATTRIBUTES
static void PRODUCT(
    const float *rows, long stride, long count, const float *weight, long weight_stride, long outputs, long inputs,
    float *output, long output_stride) {
    float packed[MOST_ROWS * BLOCK_INPUTS] __attribute__((aligned(64)));
    const long blocks = (count + BLOCK_ROWS - 1) / BLOCK_ROWS;
    for (long k = 0; k < inputs; k += BLOCK_INPUTS) {
        const long depth = LEAST(BLOCK_INPUTS, inputs - k);
        for (long r = 0; r < count; r++)
            memcpy(packed + r * BLOCK_INPUTS, rows + r * stride + k, (size_t)depth * sizeof *packed);
        for (long first = 0; first < outputs; first += BLOCK_OUTPUTS)
            for (long block = 0; block < blocks; block++)
                for (long n = first; n < first + BLOCK_OUTPUTS && n < outputs; n += OUTPUTS) {
                    const float *weights[OUTPUTS];  // beyond the end, the last once more
                    for (long c = 0; c < OUTPUTS; c++)
                        weights[c] = weight + LEAST(n + c, outputs - 1) * weight_stride + k;
                    // Each block of rows fetches its share of the weights that come next.
                    if (n + BLOCK_OUTPUTS + OUTPUTS <= outputs)
                        for (long c = 0; c < OUTPUTS; c++)
                            for (long i = depth * block / blocks; i < depth * (block + 1) / blocks; i += 16)
                                __builtin_prefetch(weights[c] + BLOCK_OUTPUTS * weight_stride + i, 0, 2);
                    const long end = LEAST((block + 1) * BLOCK_ROWS, count);
                    for (long m = block * BLOCK_ROWS; m < end; m += ROWS)
                        TILE(
                            packed + m * BLOCK_INPUTS, weights, depth, output + m * output_stride + n, output_stride,
                            LEAST(ROWS, end - m), LEAST(OUTPUTS, outputs - n));
                }
    }
}

#undef PRODUCT
#undef TILE
#undef PRODUCT_ATTRIBUTES
#undef LANES
#undef EIGHT

#include "CVectorKernels.h"
#include "elementary.h"

// A tile of ROWS queries by COLUMNS keys (or value components) is summed in registers. Sequences are some sixty tokens
// and heads 32 or 64 wide: too small for a matrix library, whose calls would spend their time on packing.
enum { ROWS = 6, LANES = 8, COLUMNS = 2 * LANES };

typedef tocsin_eight lanes;

TOCSIN_INLINE long padded(long count) { return (count + COLUMNS - 1) / COLUMNS * COLUMNS; }

long tocsin_attention_scratch(long tokens, long head_size) {
    return padded(tokens) * (head_size + ROWS) + tokens * padded(head_size);
}

/// `out[r][0..<COLUMNS] = scale[r] · Σ_k a[r][k] · b[k][0..<COLUMNS]` for ROWS rows.
TOCSIN_INLINE void tile(
    const float *const a[ROWS], const float *b, long b_stride, long depth, const float scale[ROWS], float *out,
    long out_stride) {
    lanes sums[ROWS][2] = {0};
    for (long k = 0; k < depth; k++) {
        const lanes low = *(const lanes *)(b + k * b_stride);
        const lanes high = *(const lanes *)(b + k * b_stride + LANES);
        for (int r = 0; r < ROWS; r++) {
            sums[r][0] += a[r][k] * low;
            sums[r][1] += a[r][k] * high;
        }
    }
    for (int r = 0; r < ROWS; r++) {
        *(lanes *)(out + r * out_stride) = sums[r][0] * scale[r];
        *(lanes *)(out + r * out_stride + LANES) = sums[r][1] * scale[r];
    }
}

/// One head's keys as `[head_size, width]` and values as `[tokens, padded(head_size)]`, zeros in the padding. Read
/// where they lie, a whole number of pages apart, they would drive each other out of the first-level cache.
TOCSIN_INLINE void gather(
    const float *key, const float *value, long stride, long tokens, long head_size, float *keys, float *values) {
    const long width = padded(tokens), value_width = padded(head_size);
    for (long j = 0; j < width; j += LANES)
        for (long k = 0; k < head_size; k += LANES) {
            if (j + LANES <= tokens && k + LANES <= head_size) {
                tocsin_transpose(key + j * stride + k, stride, keys + k * width + j, width);
                continue;
            }
            for (long i = k; i < k + LANES && i < head_size; i++)
                for (long t = j; t < j + LANES; t++) keys[i * width + t] = t < tokens ? key[t * stride + i] : 0;
        }
    for (long j = 0; j < tokens; j++) {
        const float *from = value + j * stride;
        float *to = values + j * value_width;
        long c = 0;
        for (; c + LANES <= head_size; c += LANES) *(lanes *)(to + c) = *(const lanes *)(from + c);
        for (; c < value_width; c++) to[c] = c < head_size ? from[c] : 0;
    }
}

/// Attention of up to ROWS queries of one head; where there are fewer, the last is computed again and not written.
TOCSIN_INLINE void attend_rows(
    const float *query, long stride, long rows, const float *keys, const float *values, long tokens, long head_size,
    float scale, float *scores, float *context, long context_stride) {
    const long width = padded(tokens), value_width = padded(head_size);
    const float *queries[ROWS], *weights[ROWS];
    float scales[ROWS];
    for (int r = 0; r < ROWS; r++) {
        queries[r] = query + (r < rows ? r : rows - 1) * stride;
        weights[r] = scores + r * width;
        scales[r] = scale;
    }
    for (long j = 0; j < width; j += COLUMNS)
        tile(queries, keys + j, width, head_size, scales, scores + j, width);
    for (int r = 0; r < ROWS; r++) {
        // What is computed beyond the last token adds less than 1e-36 to the sum and spares a slow end of the row.
        for (long j = tokens; j < width; j++) scores[r * width + j] = -INFINITY;
        scales[r] = 1.0f / tocsin_exp_row(scores + r * width, width);
    }
    for (long c = 0; c < value_width; c += COLUMNS) {
        if (rows == ROWS && c + COLUMNS <= head_size) {
            tile(weights, values + c, value_width, tokens, scales, context + c, context_stride);
            continue;
        }
        float few[ROWS * COLUMNS];
        tile(weights, values + c, value_width, tokens, scales, few, COLUMNS);
        const long columns = head_size - c < COLUMNS ? head_size - c : COLUMNS;
        for (long r = 0; r < rows; r++)
            memcpy(context + r * context_stride + c, few + r * COLUMNS, (size_t)columns * sizeof *few);
    }
}

TOCSIN_EACH_CPU
void tocsin_attention(
    const float *qkv, long qkv_stride, long tokens, long heads, long head_size, long first_head, long last_head,
    float scale, float *scratch, float *context, long context_stride) {
    const long hidden = heads * head_size;
    float *keys = scratch, *scores = keys + head_size * padded(tokens), *values = scores + ROWS * padded(tokens);
    for (long head = first_head; head < last_head; head++) {
        const float *query = qkv + head * head_size;
        gather(query + hidden, query + 2 * hidden, qkv_stride, tokens, head_size, keys, values);
        for (long i = 0; i < tokens; i += ROWS)
            attend_rows(
                query + i * qkv_stride, qkv_stride, tokens - i < ROWS ? tokens - i : ROWS, keys, values, tokens,
                head_size, scale, scores, context + i * context_stride + head * head_size, context_stride);
    }
}

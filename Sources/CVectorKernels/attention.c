#include "CVectorKernels.h"
#include "elementary.h"

// A tile of ROWS queries by COLUMNS keys (or value components) is summed in registers. Sequences are some sixty tokens
// and heads 32 or 64 wide: too small for a matrix library, whose calls would spend their time on packing.
enum { ROWS = 4, LANES = 8, COLUMNS = 2 * LANES };

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(sizeof(float))));

TOCSIN_INLINE long padded(long count) { return (count + COLUMNS - 1) / COLUMNS * COLUMNS; }

long tocsin_attention_scratch(long tokens, long head_size) { return padded(tokens) * (head_size + ROWS); }

/// `out[r][0..<COLUMNS] = scale · Σ_k a[r][k] · b[k][0..<COLUMNS]` for ROWS rows.
TOCSIN_INLINE void tile(
    const float *a[ROWS], const float *b, long b_stride, long depth, float scale, float *out, long out_stride) {
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
        *(lanes *)(out + r * out_stride) = sums[r][0] * scale;
        *(lanes *)(out + r * out_stride + LANES) = sums[r][1] * scale;
    }
}

/// Attention of ROWS queries of one head; `rows` below ROWS repeats the last query and writes only `rows` results.
TOCSIN_INLINE void attend_rows(
    const float *query, long qkv_stride, long rows, const float *keys, const float *value, long tokens,
    long head_size, float scale, float *scores, float *context, long context_stride) {
    const long width = padded(tokens);
    const float *queries[ROWS], *weights[ROWS];
    for (int r = 0; r < ROWS; r++) {
        queries[r] = query + (r < rows ? r : rows - 1) * qkv_stride;
        weights[r] = scores + r * width;
    }
    for (long j = 0; j < width; j += COLUMNS)
        tile(queries, keys + j, width, head_size, scale, scores + j, width);
    for (int r = 0; r < ROWS; r++) tocsin_softmax_row(scores + r * width, tokens);

    long c = 0;
    for (; c + COLUMNS <= head_size; c += COLUMNS) {
        if (rows == ROWS) {
            tile(weights, value + c, qkv_stride, tokens, 1.0f, context + c, context_stride);
        } else {
            float few[ROWS * COLUMNS];
            tile(weights, value + c, qkv_stride, tokens, 1.0f, few, COLUMNS);
            for (long r = 0; r < rows; r++)
                memcpy(context + r * context_stride + c, few + r * COLUMNS, COLUMNS * sizeof(float));
        }
    }
    for (; c < head_size; c++)
        for (long r = 0; r < rows; r++) {
            float sum = 0;
            for (long j = 0; j < tokens; j++) sum += weights[r][j] * value[j * qkv_stride + c];
            context[r * context_stride + c] = sum;
        }
}

TOCSIN_EACH_CPU
void tocsin_attention(
    const float *qkv, long qkv_stride, long tokens, long heads, long head_size, float scale, float *scratch,
    float *context, long context_stride) {
    const long hidden = heads * head_size;
    const long width = padded(tokens);
    float *keys = scratch;  // [head_size, width]: transposed, zeros beyond the last token
    float *scores = scratch + head_size * width;
    for (long head = 0; head < heads; head++) {
        const float *query = qkv + head * head_size;
        const float *key = query + hidden, *value = key + hidden;
        for (long k = 0; k < head_size; k++) {
            for (long j = 0; j < tokens; j++) keys[k * width + j] = key[j * qkv_stride + k];
            for (long j = tokens; j < width; j++) keys[k * width + j] = 0;
        }
        for (long i = 0; i < tokens; i += ROWS)
            attend_rows(
                query + i * qkv_stride, qkv_stride, tokens - i < ROWS ? tokens - i : ROWS, keys, value, tokens,
                head_size, scale, scores, context + i * context_stride + head * head_size, context_stride);
    }
}

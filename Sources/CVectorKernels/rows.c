#include "CVectorKernels.h"
#include "elementary.h"

TOCSIN_EACH_CPU
void tocsin_fill_rows(float *rows, long stride, long count, const float *row, long columns) {
    for (long r = 0; r < count; r++) memcpy(rows + r * stride, row, (size_t)columns * sizeof *row);
}

TOCSIN_EACH_CPU
void tocsin_add_row(
    float *output, long output_stride, const float *input, long input_stride, long count, const float *row,
    long columns) {
    for (long r = 0; r < count; r++) {
        const float *in = input + r * input_stride;
        float *out = output + r * output_stride;
        for (long c = 0; c < columns; c++) out[c] = in[c] + row[c];
    }
}

TOCSIN_EACH_CPU
void tocsin_gelu(float *values, long stride, long count, long columns) {
    for (long r = 0; r < count; r++) {
        float *row = values + r * stride;
        for (long c = 0; c < columns; c++) row[c] = tocsin_gelu_value(row[c]);
    }
}

TOCSIN_EACH_CPU
void tocsin_layer_norm(
    float *rows, long stride, long count, long columns, const float *weight, const float *bias, float epsilon) {
#pragma clang fp reassociate(on)
    for (long r = 0; r < count; r++) {
        float *row = rows + r * stride;
        float sum = 0;
        for (long c = 0; c < columns; c++) sum += row[c];
        const float mean = sum / (float)columns;
        // The variance is taken around the mean, in a second pass: the sum of squares would cancel.
        float squares = 0;
        for (long c = 0; c < columns; c++) squares += (row[c] - mean) * (row[c] - mean);
        const float scale = 1.0f / sqrtf(squares / (float)columns + epsilon);
        for (long c = 0; c < columns; c++) row[c] = (row[c] - mean) * scale * weight[c] + bias[c];
    }
}

TOCSIN_EACH_CPU
void tocsin_softmax(float *rows, long stride, long count, long columns) {
    for (long r = 0; r < count; r++) {
        float *row = rows + r * stride;
        const float scale = 1.0f / tocsin_exp_row(row, columns);
        for (long c = 0; c < columns; c++) row[c] *= scale;
    }
}

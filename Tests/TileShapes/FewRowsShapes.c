#include "FewRowsShapes.h"

#include "../../Sources/CVectorKernels/few_rows.h"

#define NAME(part) by_four_##part
#define ATTRIBUTES
#define LANES four
#include "../../Sources/CVectorKernels/few_rows_tile.h"

#define NAME(part) by_sixteen_##part
#define ATTRIBUTES
#define LANES sixteen
#include "../../Sources/CVectorKernels/few_rows_tile.h"

void few_rows_by_four(
    const float *rows, long count, const float *weight, long outputs, long inputs, float *output) {
    by_four_product(rows, inputs, count, weight, inputs, outputs, inputs, output, outputs);
}

void few_rows_by_sixteen(
    const float *rows, long count, const float *weight, long outputs, long inputs, float *output) {
    by_sixteen_product(rows, inputs, count, weight, inputs, outputs, inputs, output, outputs);
}

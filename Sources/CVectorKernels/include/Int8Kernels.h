#ifndef TOCSIN_INT8_KERNELS_H
#define TOCSIN_INT8_KERNELS_H

#include <stdint.h>

// Linear layers on 8-bit numbers. A weight is `scale[output] · w` with w in -127...127; an activation is
// `scale[row] · (a - zero[row])` with a in 0...255, so
//
//     Σ activation · weight = scale[row] · scale[output] · (Σ a·w - zero[row] · Σ w)
//
// and the sums are exact integers, the same from every kernel.
//
// AVX2 has no instruction that adds four products of bytes into 32 bits: it adds two into 16, and saturates. Weights
// are scaled and rounded so that this never happens, even where two such sums are added before they are widened: see
// `tocsin_int8_scale`. Every kernel computes with these weights.
//
// A few inputs of a BERT encoder are many times larger than all others, in every text. They would cost the others two of
// their eight bits, so they and their weights stay floats, and what they give is added to the sum.

/// How a tile of sums is computed; each gives the same sums.
typedef enum {
    TOCSIN_INT8_PORTABLE,
    TOCSIN_INT8_AVX2,
    TOCSIN_INT8_AVX_VNNI,
    TOCSIN_INT8_AVX512_VNNI,
} tocsin_int8_kernel;

/// 1 where the CPU can run the kernel.
int tocsin_int8_can_run(tocsin_int8_kernel kernel);

enum { TOCSIN_INT8_MOST_LARGE_INPUTS = 8 };

/// The inputs that stay floats, ascending.
typedef struct {
    long count;  // at most TOCSIN_INT8_MOST_LARGE_INPUTS
    long inputs[TOCSIN_INT8_MOST_LARGE_INPUTS];
} tocsin_int8_large_inputs;

/// A linear layer's weights in the order in which the kernels read them: for each panel of 16 outputs, for each 4
/// inputs, 4 weights of each output. Arrays are padded with zeros to pairs of panels and to whole groups of 8 inputs.
typedef struct {
    long outputs, inputs;
    int8_t *weights;   // tocsin_int8_padded_outputs · tocsin_int8_padded_inputs
    float *scales;     // tocsin_int8_padded_outputs, as the next two
    int32_t *sums;     // Σ w of each output
    float *bias;
    tocsin_int8_large_inputs large;
    float *large_weights;  // [large.count, tocsin_int8_padded_outputs]
} tocsin_int8_linear;

/// A pair of panels, whose outputs a kernel may compute together.
enum { TOCSIN_INT8_OUTPUTS_TOGETHER = 32 };

long tocsin_int8_padded_outputs(long outputs);
/// Also the bytes from one row of activations to the next.
long tocsin_int8_padded_inputs(long inputs);

/// The first step of packing a layer, whose large inputs are set: takes the weights of these out of `weight`,
/// `[outputs, inputs]` with `stride` floats between rows, and writes the others to `scaled`, `[outputs, inputs]`, in units
/// of each output's scale.
///
/// The four weights whose products AVX2 adds in 16 bits come to 128 at most for each sign: 128 · 255 < 2¹⁵. Weights
/// scatter around zero, so this costs less than the two bits that bounding each of them would cost.
void tocsin_int8_scale(const float *weight, long stride, tocsin_int8_linear *linear, float *scaled);

/// The second: rounds the weights of some inputs, `[outputs, inputs]` with `stride` floats between rows, within the bounds
/// above; the first input is the first of a group of 8.
///
/// - `feedback`: `[inputs, inputs]`, above its diagonal what a weight's error takes from the weights of each later input;
///   NULL takes nothing.
void tocsin_int8_round(float *scaled, long stride, long outputs, long inputs, const float *feedback);

/// The third: packs weights that were rounded, `[outputs, inputs]`.
void tocsin_int8_pack(const float *rounded, const float *bias, tocsin_int8_linear *linear);

/// Activations of `count` rows, each with the scale and the zero that use 0...255 best.
typedef struct {
    uint8_t *values;  // [count, tocsin_int8_padded_inputs]
    float *scales;
    int32_t *zeros;
    float *large;     // [count, TOCSIN_INT8_MOST_LARGE_INPUTS]: the large inputs, of which the 8-bit values are nothing
} tocsin_int8_rows;

/// - `large`: those of the layer that the rows are for.
void tocsin_int8_quantize(
    const float *rows, long stride, long count, long columns, const tocsin_int8_large_inputs *large,
    tocsin_int8_rows output);

/// What is done to a sum before it is written.
typedef enum {
    TOCSIN_INT8_ADD_BIAS,
    TOCSIN_INT8_ADD_BIAS_GELU,
    TOCSIN_INT8_ADD_BIAS_RESIDUAL,
} tocsin_int8_finish;

/// `output = finish(rows · weightsᵀ)` in the outputs from `first` to before `end`, panel by panel for all rows: give it as
/// many as stay in the second-level cache.
///
/// `first` is the first of a pair of panels, and `end` as well or the layer's end. `output` and `residual` have all outputs;
/// `residual` is read only by TOCSIN_INT8_ADD_BIAS_RESIDUAL; it may be `output`.
void tocsin_int8_product(
    tocsin_int8_kernel kernel, tocsin_int8_rows rows, long count, const tocsin_int8_linear *linear,
    tocsin_int8_finish finish, long first, long end, const float *residual, long residual_stride, float *output,
    long stride);

/// `sums[r][0..<TOCSIN_INT8_OUTPUTS_TOGETHER] = Σ a·w` of `count` rows and two panels; what `tocsin_int8_product` is made of.
void tocsin_int8_sums(
    tocsin_int8_kernel kernel, const uint8_t *rows, long count, const int8_t *panels, long padded_inputs,
    int32_t *sums);

#endif

#include "Int8TileShapes.h"

#include <string.h>

#include "../../Sources/CVectorKernels/int8.h"

/// What VPDPBUSD does to one lane: adds the products of four unsigned and four signed bytes.
static int32_t dot(int32_t sum, int32_t unsigned_bytes, int32_t signed_bytes) {
    uint8_t a[4];
    int8_t b[4];
    memcpy(a, &unsigned_bytes, sizeof a);
    memcpy(b, &signed_bytes, sizeof b);
    return sum + a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
}

#define EMULATED(LANES_) \
    typedef struct { \
        int32_t lane[LANES_]; \
    } vector##LANES_; \
    static vector##LANES_ load##LANES_(const int8_t *address) { \
        vector##LANES_ result; \
        memcpy(&result, address, sizeof result); \
        return result; \
    } \
    static void store##LANES_(int32_t *address, vector##LANES_ sums) { memcpy(address, &sums, sizeof sums); } \
    static vector##LANES_ repeat##LANES_(int32_t bytes) { \
        vector##LANES_ result; \
        for (int i = 0; i < LANES_; i++) result.lane[i] = bytes; \
        return result; \
    } \
    static vector##LANES_ add##LANES_(vector##LANES_ sums, vector##LANES_ a, vector##LANES_ b) { \
        for (int i = 0; i < LANES_; i++) sums.lane[i] = dot(sums.lane[i], a.lane[i], b.lane[i]); \
        return sums; \
    }

EMULATED(8)
EMULATED(16)

#define TILE tile_of_8_lanes
#define TILE_ATTRIBUTES
#define TILE_ROWS 6
#define TILE_PANELS 1
#define VECTOR vector8
#define LANES 8
#define LOAD load8
#define STORE store8
#define REPEAT repeat8
#define ADD_PRODUCTS(sums, a0, b0, a1, b1) add8(add8(sums, a0, b0), a1, b1)
#include "../../Sources/CVectorKernels/int8_tile.h"

#define TILE tile_of_16_lanes
#define TILE_ATTRIBUTES
#define TILE_ROWS MOST_ROWS
#define TILE_PANELS MOST_PANELS
#define VECTOR vector16
#define LANES 16
#define LOAD load16
#define STORE store16
#define REPEAT repeat16
#define ADD_PRODUCTS(sums, a0, b0, a1, b1) add16(add16(sums, a0, b0), a1, b1)
#include "../../Sources/CVectorKernels/int8_tile.h"

void int8_tile_of_8_lanes(const uint8_t *rows, long count, const int8_t *panels, long depth, int32_t *sums) {
    tile_of_8_lanes(rows, count, panels, depth, sums, panels, 1);
}

void int8_tile_of_16_lanes(const uint8_t *rows, long count, const int8_t *panels, long depth, int32_t *sums) {
    tile_of_16_lanes(rows, count, panels, depth, sums, panels, 1);
}

// The body of a tile's function, included once for each instruction set; what differs is defined before:
//
//   TILE                 the function's name
//   TILE_ATTRIBUTES      the instruction set, for the compiler
//   TILE_ROWS            rows whose sums stay in registers
//   TILE_PANELS          panels whose sums do
//   VECTOR               a register of LANES 32-bit sums
//   LOAD(address), STORE(address, sums), REPEAT(four bytes)
//   ADD_PRODUCTS(sums, a0, b0, a1, b1)   sums + the products of two steps

#define OUTPUTS (TILE_PANELS * PANEL)
#define VECTORS (OUTPUTS / LANES)
// The weights of vector `v` for the inputs from `k` on.
#define WEIGHTS(v, k) \
    LOAD(panels + (v) * LANES / PANEL * PANEL * depth + (k) * PANEL + (v) * LANES % PANEL * STEP)

TILE_ATTRIBUTES
static void TILE(
    const uint8_t *rows, long count, const int8_t *panels, long depth, int32_t *sums, const int8_t *next,
    long lines) {
    const uint8_t *row[TILE_ROWS];  // the last one again where there are fewer
    for (int r = 0; r < TILE_ROWS; r++) row[r] = rows + (r < count ? r : count - 1) * depth;
    VECTOR tile[TILE_ROWS][VECTORS] = {0};
    for (long k = 0; k < depth; k += GROUP) {
        for (long line = 0; line < lines; line++, next += LINE) __builtin_prefetch(next, 0, 2);
        VECTOR b0[VECTORS], b1[VECTORS];
        for (int v = 0; v < VECTORS; v++) {
            b0[v] = WEIGHTS(v, k);
            b1[v] = WEIGHTS(v, k + STEP);
        }
        for (int r = 0; r < TILE_ROWS; r++) {
            int32_t bytes[2];
            memcpy(bytes, row[r] + k, sizeof bytes);
            const VECTOR a0 = REPEAT(bytes[0]), a1 = REPEAT(bytes[1]);
            for (int v = 0; v < VECTORS; v++) tile[r][v] = ADD_PRODUCTS(tile[r][v], a0, b0[v], a1, b1[v]);
        }
    }
    for (int r = 0; r < TILE_ROWS; r++)
        for (int v = 0; v < VECTORS; v++) STORE(sums + r * OUTPUTS + v * LANES, tile[r][v]);
}

#undef TILE
#undef TILE_ATTRIBUTES
#undef TILE_ROWS
#undef TILE_PANELS
#undef VECTOR
#undef LANES
#undef OUTPUTS
#undef VECTORS
#undef WEIGHTS
#undef LOAD
#undef STORE
#undef REPEAT
#undef ADD_PRODUCTS

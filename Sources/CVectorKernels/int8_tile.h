// The body of a tile's function, included once for each instruction set; what differs is defined before:
//
//   TILE                 the function's name
//   TILE_ATTRIBUTES      the instruction set, for the compiler
//   TILE_ROWS            rows whose sums stay in registers
//   VECTOR               a register of LANES 32-bit sums
//   LOAD(address), STORE(address, sums), REPEAT(four bytes)
//   ADD_PRODUCTS(sums, a0, b0, a1, b1)   sums + the products of two steps

#define VECTORS (PANEL / LANES)

TILE_ATTRIBUTES
static void TILE(const uint8_t *rows, long count, const int8_t *panel, long depth, int32_t *sums) {
    const uint8_t *row[TILE_ROWS];  // the last one again where there are fewer
    for (int r = 0; r < TILE_ROWS; r++) row[r] = rows + (r < count ? r : count - 1) * depth;
    VECTOR tile[TILE_ROWS][VECTORS] = {0};
    for (long k = 0; k < depth; k += GROUP) {
        const int8_t *first = panel + k * PANEL, *second = first + STEP * PANEL;
        VECTOR b0[VECTORS], b1[VECTORS];
        for (int v = 0; v < VECTORS; v++) {
            b0[v] = LOAD(first + v * LANES * STEP);
            b1[v] = LOAD(second + v * LANES * STEP);
        }
        for (int r = 0; r < TILE_ROWS; r++) {
            int32_t bytes[2];
            memcpy(bytes, row[r] + k, sizeof bytes);
            const VECTOR a0 = REPEAT(bytes[0]), a1 = REPEAT(bytes[1]);
            for (int v = 0; v < VECTORS; v++) tile[r][v] = ADD_PRODUCTS(tile[r][v], a0, b0[v], a1, b1[v]);
        }
    }
    for (int r = 0; r < TILE_ROWS; r++)
        for (int v = 0; v < VECTORS; v++) STORE(sums + r * PANEL + v * LANES, tile[r][v]);
}

#undef TILE
#undef TILE_ATTRIBUTES
#undef TILE_ROWS
#undef VECTOR
#undef LANES
#undef VECTORS
#undef LOAD
#undef STORE
#undef REPEAT
#undef ADD_PRODUCTS

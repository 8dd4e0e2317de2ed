#ifndef TOCSIN_SHA256_H
#define TOCSIN_SHA256_H

#include <stddef.h>
#include <stdint.h>

/// Absorbs `count` blocks of 64 bytes into a SHA-256 state (FIPS 180-4, 6.2.2), by the CPU's own instructions where it
/// has them: about 2 GB/s, a fifth of that without.
void tocsin_sha256_absorb(uint32_t state[8], const uint8_t *blocks, size_t count);

/// The same without those instructions.
void tocsin_sha256_absorb_portable(uint32_t state[8], const uint8_t *blocks, size_t count);

#endif

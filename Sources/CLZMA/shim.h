#pragma once
#include <lzma.h>

// The flag is a macro with a suffix that Swift cannot read.
static const uint32_t tocsin_lzma_concatenated = LZMA_CONCATENATED;

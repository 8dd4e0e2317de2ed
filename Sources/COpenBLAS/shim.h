#ifndef COPENBLAS_SHIM_H
#define COPENBLAS_SHIM_H

#include <cblas.h>
#include <stdint.h>

// LAPACK's Cholesky factor and inverse of a triangle, which OpenBLAS brings but its headers do not declare.
void spotrf_(const char *triangle, const int *order, float *matrix, const int *stride, int *info);
void strtri_(
    const char *triangle, const char *diagonal, const int *order, float *matrix, const int *stride, int *info);

#if defined(__x86_64__)
#include <cpuid.h>
#endif

// What the CPU and the operating system allow, bit by bit; inline because cpuid and xgetbv are no functions.
enum {
    TOCSIN_CPU_AVX2 = 1 << 0,
    TOCSIN_CPU_FMA = 1 << 1,
    TOCSIN_CPU_AVX512 = 1 << 2,      // F, DQ, BW, VL and CD, all five
    TOCSIN_CPU_AVX512_BF16 = 1 << 3,
};

static inline uint32_t tocsin_cpu_features(void) {
#if defined(__x86_64__)
    uint32_t eax, ebx, ecx, edx;
    if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx)) return 0;
    const uint32_t osxsave = 1u << 27, avx = 1u << 28, fma = 1u << 12;
    if ((ecx & osxsave) == 0 || (ecx & avx) == 0) return 0;
    const int has_fma = (ecx & fma) != 0;

    // Bits of XCR0: does the operating system save the wide registers?
    uint32_t xcr0_low, xcr0_high;
    __asm__ volatile("xgetbv" : "=a"(xcr0_low), "=d"(xcr0_high) : "c"(0));
    if ((xcr0_low & 0x06) != 0x06) return 0;
    const int saves_zmm = (xcr0_low & 0xe6) == 0xe6;

    uint32_t features = has_fma ? TOCSIN_CPU_FMA : 0;
    if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) return features;
    const uint32_t highest_subleaf = eax;
    if (ebx & (1u << 5)) features |= TOCSIN_CPU_AVX2;
    const uint32_t avx512 = (1u << 16) | (1u << 17) | (1u << 28) | (1u << 30) | (1u << 31);
    if (saves_zmm && (ebx & avx512) == avx512) {
        features |= TOCSIN_CPU_AVX512;
        if (highest_subleaf >= 1 && __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) && (eax & (1u << 5)))
            features |= TOCSIN_CPU_AVX512_BF16;
    }
    return features;
#else
    return 0;
#endif
}

#endif

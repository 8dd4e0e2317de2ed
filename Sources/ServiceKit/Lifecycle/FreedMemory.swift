#if canImport(Glibc)
    import CMalloc
#endif

/// What becomes of memory that is given back.
enum FreedMemory {
    /// Lets the process keep freed memory for what comes next, up to 64 MiB in each of the allocator's arenas.
    ///
    /// A batch is a handful of arrays of several MiB. glibc hands their pages to the kernel when they are freed and takes
    /// them back, zeroed page by page, with the next batch: that takes ten times as long as filling them.
    static func keepForReuse() {
        #if canImport(Glibc)
            // Setting either number also ends glibc's own guessing, so both are set. 32 MiB is the most it takes.
            _ = mallopt(M_TRIM_THRESHOLD, 64 << 20)
            _ = mallopt(M_MMAP_THRESHOLD, 32 << 20)
        #endif
    }
}

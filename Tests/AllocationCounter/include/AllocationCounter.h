#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

/// Blocks of memory that the calling thread has asked for; -1 where they cannot be counted (not glibc).
///
/// A program that links this target has its malloc and its kin counted, in every library: what is defined in the
/// program comes before libc.
long allocations_of_this_thread(void);

#endif

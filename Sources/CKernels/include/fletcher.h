// Fletcher-4 with the widest vectors that the processor offers.
#ifndef ZINSPECT_FLETCHER_H
#define ZINSPECT_FLETCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The four running sums of Fletcher-4 over the 32-bit words of `count` bytes, into `sums`.
///
/// The bytes need no alignment; a rest of less than four bytes is left out. With `swap` every word's
/// bytes are reversed before it is added.
void zi_fletcher4(const void *bytes, size_t count, bool swap, uint64_t sums[4]);

#endif

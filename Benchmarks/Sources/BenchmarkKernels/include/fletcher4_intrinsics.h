// Fletcher-4 written by hand for one instruction set: what the project's own kernel is measured against.
#ifndef ZINSPECT_FLETCHER4_INTRINSICS_H
#define ZINSPECT_FLETCHER4_INTRINSICS_H

#include <stddef.h>
#include <stdint.h>

/// How many ways of writing it there are.
enum { zi_fletcher4_variants = 5 };

/// The name of a variant, or NULL where this processor does not offer it.
const char *zi_fletcher4_variant(int number);

/// The sums of `count` bytes, a multiple of 128, by one of the variants that the processor offers.
void zi_fletcher4_by_hand(int number, const void *bytes, size_t count, uint64_t sums[4]);

#endif

#include "fletcher.h"
#include <string.h>

// As many words are taken in a step as a vector holds, and each keeps four sums of its own: of the words,
// of those sums, and so on. Two words share a lane. Instead of parting them, the pair is summed as the one
// 64-bit number that it is, and its high word once more by itself; since all is modulo 2^64, the low
// word's sums are those of the pair less 2^32 times those of the high word. That saves an instruction in
// ten against widening the words.
//
// The sums of the whole follow at the end: a word that lies t steps of l words, less j words, before the
// end counts m = tl - j times in the second sum, m(m+1)/2 times in the third and m(m+1)(m+2)/6 times in
// the fourth. These are linear in t, t(t+1)/2 and t(t+1)(t+2)/6, which are how often the word's own sums
// count it.

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "a pair's first word is its low half");

/// The words that do not fill a vector, one by one.
INLINE void finish(const uint8_t *bytes, const uint8_t *end, bool swap, uint64_t sums[4])
{
	for (; bytes < end; bytes += 4) {
		uint32_t word;
		memcpy(&word, bytes, sizeof (word));
		sums[0] += swap ? __builtin_bswap32(word) : word;
		sums[1] += sums[0];
		sums[2] += sums[1];
		sums[3] += sums[2];
	}
}

#define LANES 2
#define NAME(x) x##_2
#define REVERSE_WORDS(o) \
	__builtin_shufflevector(o, o, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
#include "fletcher4_lanes.h"
#undef LANES
#undef NAME
#undef REVERSE_WORDS

#if defined(__x86_64__)
#define LANES 4
#define NAME(x) x##_4
#define REVERSE_WORDS(o) \
	__builtin_shufflevector(o, o, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, \
	    19, 18, 17, 16, 23, 22, 21, 20, 27, 26, 25, 24, 31, 30, 29, 28)
#include "fletcher4_lanes.h"
#undef LANES
#undef NAME
#undef REVERSE_WORDS

#define LANES 8
#define NAME(x) x##_8
#define REVERSE_WORDS(o) \
	__builtin_shufflevector(o, o, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, \
	    19, 18, 17, 16, 23, 22, 21, 20, 27, 26, 25, 24, 31, 30, 29, 28, \
	    35, 34, 33, 32, 39, 38, 37, 36, 43, 42, 41, 40, 47, 46, 45, 44, \
	    51, 50, 49, 48, 55, 54, 53, 52, 59, 58, 57, 56, 63, 62, 61, 60)
#include "fletcher4_lanes.h"
#undef LANES
#undef NAME
#undef REVERSE_WORDS
#endif

// The flag is made a constant in each call, so that no loop tests it.
#define EITHER(sum) \
	if (swap) \
		sum(bytes, count, true, sums); \
	else \
		sum(bytes, count, false, sums)

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512bw,avx512dq"))) static void
sum_avx512(const uint8_t *bytes, size_t count, bool swap, uint64_t sums[4])
{
	EITHER(sum_8);
}

__attribute__((target("avx2"))) static void
sum_avx2(const uint8_t *bytes, size_t count, bool swap, uint64_t sums[4])
{
	EITHER(sum_4);
}
#endif

static void
sum_base(const uint8_t *bytes, size_t count, bool swap, uint64_t sums[4])
{
	EITHER(sum_2);
}

void
zi_fletcher4(const void *bytes, size_t count, bool swap, uint64_t sums[4])
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")) {
		sum_avx512(bytes, count, swap, sums);
		return;
	}
	if (__builtin_cpu_supports("avx2")) {
		sum_avx2(bytes, count, swap, sums);
		return;
	}
#endif
	sum_base(bytes, count, swap, sums);
}

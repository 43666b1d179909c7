#include "fletcher.h"
#include <string.h>

// Eight words are taken at a time, one for each lane, and every lane keeps four sums of its own. The
// sums of the whole follow from those of the lanes at the end: a word that lies t steps of eight and j
// lanes before the end counts m = 8t - j times in the second sum, m(m+1)/2 times in the third and
// m(m+1)(m+2)/6 times in the fourth, and these are linear in t, t(t+1)/2 and t(t+1)(t+2)/6, which are
// how often the lane's own sums count it. All arithmetic is modulo 2^64, as ZFS's is.

enum { lanes = 8 };

typedef uint64_t wide __attribute__((vector_size(8 * lanes)));
typedef uint32_t words __attribute__((vector_size(4 * lanes)));
typedef uint8_t octets __attribute__((vector_size(4 * lanes)));

#define INLINE static inline __attribute__((always_inline))

INLINE void load(const uint8_t *bytes, bool swap, words *result)
{
	octets o;
	memcpy(&o, bytes, sizeof (o));
	if (swap)
		o = __builtin_shufflevector(o, o, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
		    19, 18, 17, 16, 23, 22, 21, 20, 27, 26, 25, 24, 31, 30, 29, 28);
	*result = (words)o;
}

INLINE void sum(const uint8_t *bytes, size_t count, bool swap, uint64_t sums[4])
{
	wide a = {0}, b = {0}, c = {0}, d = {0};
	const uint8_t *const end = bytes + (count & ~(size_t)3);

	for (size_t steps = count / sizeof (words); steps > 0; steps--) {
		words w;
		load(bytes, swap, &w);
		a += __builtin_convertvector(w, wide);
		b += a;
		c += b;
		d += c;
		bytes += sizeof (words);
	}

	const int64_t l = lanes;
	uint64_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
	for (int64_t j = 0; j < l; j++) {
		s0 += a[j];
		s1 += (uint64_t)l * b[j] - (uint64_t)j * a[j];
		s2 += (uint64_t)(l * l) * c[j] + (uint64_t)((l - l * l - 2 * l * j) / 2) * b[j] +
		    (uint64_t)((j * j - j) / 2) * a[j];
		s3 += (uint64_t)(l * l * l) * d[j] + (uint64_t)(l * l - l * l * l - l * l * j) * c[j] +
		    (uint64_t)((l * l * l + 3 * l * l * j + 3 * l * j * j - 3 * l * l - 6 * l * j + 2 * l) /
		    6) * b[j] + (uint64_t)((3 * j * j - j * j * j - 2 * j) / 6) * a[j];
	}

	for (; bytes < end; bytes += 4) {
		uint32_t word;
		memcpy(&word, bytes, sizeof (word));
		s0 += swap ? __builtin_bswap32(word) : word;
		s1 += s0;
		s2 += s1;
		s3 += s2;
	}
	sums[0] = s0;
	sums[1] = s1;
	sums[2] = s2;
	sums[3] = s3;
}

// The flag is made a constant here, so that each body is compiled without a test in its loop.
INLINE void either(const uint8_t *bytes, size_t count, bool swap, uint64_t sums[4])
{
	if (swap)
		sum(bytes, count, true, sums);
	else
		sum(bytes, count, false, sums);
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512bw"))) static void
sum_avx512(const uint8_t *bytes, size_t count, bool swap, uint64_t sums[4])
{
	either(bytes, count, swap, sums);
}

__attribute__((target("avx2"))) static void
sum_avx2(const uint8_t *bytes, size_t count, bool swap, uint64_t sums[4])
{
	either(bytes, count, swap, sums);
}
#endif

void
zi_fletcher4(const void *bytes, size_t count, bool swap, uint64_t sums[4])
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")) {
		sum_avx512(bytes, count, swap, sums);
		return;
	}
	if (__builtin_cpu_supports("avx2")) {
		sum_avx2(bytes, count, swap, sums);
		return;
	}
#endif
	either(bytes, count, swap, sums);
}

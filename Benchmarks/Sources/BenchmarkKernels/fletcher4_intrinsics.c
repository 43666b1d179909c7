#include "fletcher4_intrinsics.h"

// Three shapes are tried, since which one is fastest depends on the processor: words widened to a lane
// each, the same with two vectors of lanes, and words summed in pairs (see Sources/CKernels/fletcher4.c).

#if defined(__x86_64__)
#include <immintrin.h>

/// The sums of the whole from those of `lanes` words of a step.
static void
combine(const uint64_t *a, const uint64_t *b, const uint64_t *c, const uint64_t *d, int64_t lanes,
    uint64_t sums[4])
{
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
	sums[0] = s0;
	sums[1] = s1;
	sums[2] = s2;
	sums[3] = s3;
}

__attribute__((target("avx2"))) static void
widened_avx2(const uint8_t *p, size_t count, uint64_t sums[4])
{
	__m256i a0 = _mm256_setzero_si256(), b0 = a0, c0 = a0, d0 = a0;
	__m256i a1 = a0, b1 = a0, c1 = a0, d1 = a0;
	for (const uint8_t *end = p + count; p < end; p += 32) {
		a0 = _mm256_add_epi64(a0, _mm256_cvtepu32_epi64(_mm_loadu_si128((const void *)p)));
		a1 = _mm256_add_epi64(a1, _mm256_cvtepu32_epi64(_mm_loadu_si128((const void *)(p + 16))));
		b0 = _mm256_add_epi64(b0, a0);
		b1 = _mm256_add_epi64(b1, a1);
		c0 = _mm256_add_epi64(c0, b0);
		c1 = _mm256_add_epi64(c1, b1);
		d0 = _mm256_add_epi64(d0, c0);
		d1 = _mm256_add_epi64(d1, c1);
	}
	uint64_t s[4][8];
	_mm256_storeu_si256((void *)&s[0][0], a0);
	_mm256_storeu_si256((void *)&s[0][4], a1);
	_mm256_storeu_si256((void *)&s[1][0], b0);
	_mm256_storeu_si256((void *)&s[1][4], b1);
	_mm256_storeu_si256((void *)&s[2][0], c0);
	_mm256_storeu_si256((void *)&s[2][4], c1);
	_mm256_storeu_si256((void *)&s[3][0], d0);
	_mm256_storeu_si256((void *)&s[3][4], d1);
	combine(s[0], s[1], s[2], s[3], 8, sums);
}

__attribute__((target("avx2"))) static void
paired_avx2(const uint8_t *p, size_t count, uint64_t sums[4])
{
	__m256i v[8];
	for (int i = 0; i < 8; i++)
		v[i] = _mm256_setzero_si256();
	for (const uint8_t *end = p + count; p < end; p += 32) {
		const __m256i pair = _mm256_loadu_si256((const void *)p);
		v[0] = _mm256_add_epi64(v[0], pair);
		v[1] = _mm256_add_epi64(v[1], v[0]);
		v[2] = _mm256_add_epi64(v[2], v[1]);
		v[3] = _mm256_add_epi64(v[3], v[2]);
		v[4] = _mm256_add_epi64(v[4], _mm256_srli_epi64(pair, 32));
		v[5] = _mm256_add_epi64(v[5], v[4]);
		v[6] = _mm256_add_epi64(v[6], v[5]);
		v[7] = _mm256_add_epi64(v[7], v[6]);
	}
	uint64_t s[4][8];
	for (int i = 0; i < 4; i++) {
		uint64_t both[4], high[4];
		_mm256_storeu_si256((void *)both, v[i]);
		_mm256_storeu_si256((void *)high, v[i + 4]);
		for (int lane = 0; lane < 4; lane++) {
			s[i][2 * lane] = both[lane] - (high[lane] << 32);
			s[i][2 * lane + 1] = high[lane];
		}
	}
	combine(s[0], s[1], s[2], s[3], 8, sums);
}

__attribute__((target("avx512f"))) static void
widened_avx512(const uint8_t *p, size_t count, uint64_t sums[4])
{
	__m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
	for (const uint8_t *end = p + count; p < end; p += 32) {
		a = _mm512_add_epi64(a, _mm512_cvtepu32_epi64(_mm256_loadu_si256((const void *)p)));
		b = _mm512_add_epi64(b, a);
		c = _mm512_add_epi64(c, b);
		d = _mm512_add_epi64(d, c);
	}
	uint64_t s[4][8];
	_mm512_storeu_si512(s[0], a);
	_mm512_storeu_si512(s[1], b);
	_mm512_storeu_si512(s[2], c);
	_mm512_storeu_si512(s[3], d);
	combine(s[0], s[1], s[2], s[3], 8, sums);
}

__attribute__((target("avx512f"))) static void
doubled_avx512(const uint8_t *p, size_t count, uint64_t sums[4])
{
	__m512i a0 = _mm512_setzero_si512(), b0 = a0, c0 = a0, d0 = a0;
	__m512i a1 = a0, b1 = a0, c1 = a0, d1 = a0;
	for (const uint8_t *end = p + count; p < end; p += 64) {
		a0 = _mm512_add_epi64(a0, _mm512_cvtepu32_epi64(_mm256_loadu_si256((const void *)p)));
		a1 = _mm512_add_epi64(
		    a1, _mm512_cvtepu32_epi64(_mm256_loadu_si256((const void *)(p + 32))));
		b0 = _mm512_add_epi64(b0, a0);
		b1 = _mm512_add_epi64(b1, a1);
		c0 = _mm512_add_epi64(c0, b0);
		c1 = _mm512_add_epi64(c1, b1);
		d0 = _mm512_add_epi64(d0, c0);
		d1 = _mm512_add_epi64(d1, c1);
	}
	uint64_t s[4][16];
	_mm512_storeu_si512(&s[0][0], a0);
	_mm512_storeu_si512(&s[0][8], a1);
	_mm512_storeu_si512(&s[1][0], b0);
	_mm512_storeu_si512(&s[1][8], b1);
	_mm512_storeu_si512(&s[2][0], c0);
	_mm512_storeu_si512(&s[2][8], c1);
	_mm512_storeu_si512(&s[3][0], d0);
	_mm512_storeu_si512(&s[3][8], d1);
	combine(s[0], s[1], s[2], s[3], 16, sums);
}

__attribute__((target("avx512f"))) static void
paired_avx512(const uint8_t *p, size_t count, uint64_t sums[4])
{
	__m512i a = _mm512_setzero_si512(), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
	for (const uint8_t *end = p + count; p < end; p += 64) {
		const __m512i pair = _mm512_loadu_si512(p);
		a = _mm512_add_epi64(a, pair);
		b = _mm512_add_epi64(b, a);
		c = _mm512_add_epi64(c, b);
		d = _mm512_add_epi64(d, c);
		e = _mm512_add_epi64(e, _mm512_srli_epi64(pair, 32));
		f = _mm512_add_epi64(f, e);
		g = _mm512_add_epi64(g, f);
		h = _mm512_add_epi64(h, g);
	}
	const __m512i v[8] = {a, b, c, d, e, f, g, h};
	uint64_t s[4][16];
	for (int i = 0; i < 4; i++) {
		uint64_t both[8], high[8];
		_mm512_storeu_si512(both, v[i]);
		_mm512_storeu_si512(high, v[i + 4]);
		for (int lane = 0; lane < 8; lane++) {
			s[i][2 * lane] = both[lane] - (high[lane] << 32);
			s[i][2 * lane + 1] = high[lane];
		}
	}
	combine(s[0], s[1], s[2], s[3], 16, sums);
}

const char *
zi_fletcher4_variant(int number)
{
	const int avx2 = __builtin_cpu_supports("avx2");
	const int avx512 = __builtin_cpu_supports("avx512f");
	switch (number) {
	case 0: return (avx2 ? "AVX2, widened" : NULL);
	case 1: return (avx2 ? "AVX2, in pairs" : NULL);
	case 2: return (avx512 ? "AVX-512, widened" : NULL);
	case 3: return (avx512 ? "AVX-512, widened, 16 lanes" : NULL);
	case 4: return (avx512 ? "AVX-512, in pairs" : NULL);
	default: return (NULL);
	}
}

void
zi_fletcher4_by_hand(int number, const void *bytes, size_t count, uint64_t sums[4])
{
	switch (number) {
	case 0: widened_avx2(bytes, count, sums); break;
	case 1: paired_avx2(bytes, count, sums); break;
	case 2: widened_avx512(bytes, count, sums); break;
	case 3: doubled_avx512(bytes, count, sums); break;
	default: paired_avx512(bytes, count, sums); break;
	}
}

#else

const char *
zi_fletcher4_variant(int number)
{
	(void) number;
	return (NULL);
}

void
zi_fletcher4_by_hand(int number, const void *bytes, size_t count, uint64_t sums[4])
{
	(void) number, (void) bytes, (void) count, (void) sums;
}

#endif

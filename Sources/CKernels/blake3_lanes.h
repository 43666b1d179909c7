// BLAKE3's compression of LANES inputs at once. Included once for each width, with LANES and NAME(x)
// defined. A width of one is the plain scalar form.

#if LANES == 1
typedef uint32_t NAME(lanes);
#else
typedef uint32_t NAME(lanes) __attribute__((vector_size(4 * LANES)));
#endif

INLINE void NAME(mix)(NAME(lanes) *a, NAME(lanes) *b, NAME(lanes) *c, NAME(lanes) *d,
    const NAME(lanes) *x, const NAME(lanes) *y)
{
	*a += *b + *x;
	*d ^= *a;
	*d = *d >> 16 | *d << 16;
	*c += *d;
	*b ^= *c;
	*b = *b >> 12 | *b << 20;
	*a += *b + *y;
	*d ^= *a;
	*d = *d >> 8 | *d << 24;
	*c += *d;
	*b ^= *c;
	*b = *b >> 7 | *b << 25;
}

INLINE void NAME(round)(NAME(lanes) v[16], const NAME(lanes) m[16], const uint8_t s[16])
{
	NAME(mix)(&v[0], &v[4], &v[8], &v[12], &m[s[0]], &m[s[1]]);
	NAME(mix)(&v[1], &v[5], &v[9], &v[13], &m[s[2]], &m[s[3]]);
	NAME(mix)(&v[2], &v[6], &v[10], &v[14], &m[s[4]], &m[s[5]]);
	NAME(mix)(&v[3], &v[7], &v[11], &v[15], &m[s[6]], &m[s[7]]);
	NAME(mix)(&v[0], &v[5], &v[10], &v[15], &m[s[8]], &m[s[9]]);
	NAME(mix)(&v[1], &v[6], &v[11], &v[12], &m[s[10]], &m[s[11]]);
	NAME(mix)(&v[2], &v[7], &v[8], &v[13], &m[s[12]], &m[s[13]]);
	NAME(mix)(&v[3], &v[4], &v[9], &v[14], &m[s[14]], &m[s[15]]);
}

#if LANES > 1
// Turns LANES rows of one input each into LANES rows of one word each: interleaving the first half of
// the rows with the second, as often as the width can be halved, is a transposition.
INLINE void NAME(transpose)(NAME(lanes) rows[LANES])
{
	UNROLL for (int width = 1; width < LANES; width *= 2) {
		NAME(lanes) mixed[LANES];
		UNROLL for (int i = 0; i < LANES / 2; i++) {
			mixed[2 * i] = INTERLEAVE_LOW(rows[i], rows[i + LANES / 2]);
			mixed[2 * i + 1] = INTERLEAVE_HIGH(rows[i], rows[i + LANES / 2]);
		}
		UNROLL for (int i = 0; i < LANES; i++)
			rows[i] = mixed[i];
	}
}
#endif

// The sixteen words of the block at `bytes`, and of those `stride` bytes further on for each lane.
INLINE void NAME(load)(NAME(lanes) m[16], const uint8_t *bytes, size_t stride)
{
#if LANES == 1
	(void) stride;
	memcpy(m, bytes, 64);
#else
	UNROLL for (int part = 0; part < 16; part += LANES) {
		UNROLL for (int lane = 0; lane < LANES; lane++)
			memcpy(&m[part + lane], bytes + lane * stride + part * 4, sizeof (m[0]));
		NAME(transpose)(&m[part]);
	}
#endif
}

// Chaining values of LANES inputs of `blocks` whole blocks each, `stride` bytes apart.
INLINE void NAME(compress)(const struct work *w, const uint8_t *bytes, uint64_t counter, uint8_t *out)
{
	NAME(lanes) h[8], low = {0}, high = {0};
	for (int i = 0; i < 8; i++)
		h[i] = w->key[i] - (NAME(lanes)){0};
#if LANES == 1
	low = (uint32_t)counter;
	high = (uint32_t)(counter >> 32);
#else
	for (int lane = 0; lane < LANES; lane++) {
		const uint64_t own = counter + (uint64_t)lane * w->counter_step;
		low[lane] = (uint32_t)own;
		high[lane] = (uint32_t)(own >> 32);
	}
#endif
	for (size_t block = 0; block < w->blocks; block++) {
		const uint32_t flags = w->flags | (block == 0 ? w->first_flags : 0) |
		    (block + 1 == w->blocks ? w->last_flags : 0);
		const uint32_t length = block + 1 == w->blocks ? w->last_length : 64;
		NAME(lanes) m[16], v[16];
		NAME(load)(m, bytes + block * 64, w->stride);
		UNROLL for (int i = 0; i < 8; i++)
			v[i] = h[i];
		UNROLL for (int i = 0; i < 4; i++)
			v[8 + i] = initial[i] - (NAME(lanes)){0};
		v[12] = low;
		v[13] = high;
		v[14] = length - (NAME(lanes)){0};
		v[15] = flags - (NAME(lanes)){0};
		UNROLL for (int r = 0; r < 7; r++)
			NAME(round)(v, m, schedule[r]);
		UNROLL for (int i = 0; i < 8; i++)
			h[i] = v[i] ^ v[i + 8];
	}
#if LANES == 1
	memcpy(out, h, 32);
#else
	for (int lane = 0; lane < LANES; lane++) {
		uint32_t words[8];
		for (int i = 0; i < 8; i++)
			words[i] = h[i][lane];
		memcpy(out + lane * 32, words, 32);
	}
#endif
}

// Fletcher-4's sums in LANES pairs of lanes. Included once for each width, with LANES and NAME(x) defined.

typedef uint64_t NAME(lanes) __attribute__((vector_size(8 * LANES)));
typedef uint8_t NAME(octets) __attribute__((vector_size(8 * LANES)));

// The words of one step, two to a lane, the first one in the low half.
INLINE void NAME(load)(const uint8_t *bytes, bool swap, NAME(lanes) *pairs)
{
	NAME(octets) o;
	memcpy(&o, bytes, sizeof (o));
	if (swap)
		o = REVERSE_WORDS(o);
	*pairs = (NAME(lanes))o;
}

// The four sums of one word of each lane, as steps count them, turned in place into what the words count
// for as a whole, were each the last word of its step.
INLINE void NAME(convert)(NAME(lanes) s[4])
{
	const uint64_t l = 2 * LANES;
	s[3] = s[3] * (l * l * l) - s[2] * (l * l * l - l * l) +
	    s[1] * ((l * l * l - 3 * l * l + 2 * l) / 6);
	s[2] = s[2] * (l * l) - s[1] * ((l * l - l) / 2);
	s[1] = s[1] * l;
}

// The sums of all lanes, each of which lies one step's words less its own place from the end.
INLINE void NAME(combine)(NAME(lanes) low[4], NAME(lanes) high[4], uint64_t sums[4])
{
	NAME(lanes) j, pairs, triples;
	UNROLL for (int lane = 0; lane < LANES; lane++) {
		const uint64_t place = 2 * lane;
		j[lane] = place;
		pairs[lane] = place * (place - 1) / 2;
		triples[lane] = place * (place - 1) * (place - 2) / 6;
	}
	NAME(convert)(low);
	NAME(convert)(high);
	// One word nearer to the end, each sum counts a word less by what the sum before it does.
	const NAME(lanes) a = low[0] + high[0];
	const NAME(lanes) b = low[1] + high[1] - high[0];
	const NAME(lanes) c = low[2] + high[2] - high[1];
	const NAME(lanes) d = low[3] + high[3] - high[2];
	// And j words nearer, by the binomial coefficients of j.
	sums[0] = __builtin_reduce_add(a);
	sums[1] = __builtin_reduce_add(b - j * a);
	sums[2] = __builtin_reduce_add(c - j * b + pairs * a);
	sums[3] = __builtin_reduce_add(d - j * c + pairs * b - triples * a);
}

INLINE void NAME(sum)(const uint8_t *bytes, size_t count, bool swap, uint64_t sums[4])
{
	NAME(lanes) a = {0}, b = {0}, c = {0}, d = {0}, e = {0}, f = {0}, g = {0}, h = {0};
	const uint8_t *const end = bytes + (count & ~(size_t)3);

	for (size_t steps = count / sizeof (a); steps > 0; steps--) {
		NAME(lanes) pairs;
		NAME(load)(bytes, swap, &pairs);
		a += pairs;
		b += a;
		c += b;
		d += c;
		e += pairs >> 32;
		f += e;
		g += f;
		h += g;
		bytes += sizeof (pairs);
	}

	NAME(lanes) low[4] = {a - (e << 32), b - (f << 32), c - (g << 32), d - (h << 32)};
	NAME(lanes) high[4] = {e, f, g, h};
	NAME(combine)(low, high, sums);
	finish(bytes, end, swap, sums);
}

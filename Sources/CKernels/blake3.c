#include "blake3.h"
#include <stdbool.h>
#include <string.h>

// The input is cut into chunks of 1 KiB. Each chunk is compressed block by block to a chaining value,
// and pairs of values are compressed to their parent's until one, the root, is left. Both kinds of
// compression are independent of their neighbours, so as many as a vector has lanes are done at once.

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "BLAKE3 reads its input as it lies");

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

enum {
	chunk_size = 1024,
	block_size = 64,
	value_size = 32,
	/// A complete subtree of this many chunks is reduced at a time.
	group_chunks = 128,
	/// Groups that can lie on the stack: one for each bit of a 64-bit length.
	stack_depth = 48,
};

enum { chunk_start = 1 << 0, chunk_end = 1 << 1, parent = 1 << 2, root = 1 << 3 };

static const uint32_t initial[8] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/// Which word of the message each round takes where: the permutation of BLAKE3, applied r times.
static const uint8_t schedule[7][16] = {
	{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
	{2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8},
	{3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1},
	{10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6},
	{12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4},
	{9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7},
	{11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13},
};

/// Inputs of equal length, side by side.
struct work {
	const uint32_t *key;
	/// From one input to the next, in bytes.
	size_t stride;
	/// Blocks in each input; all whole but for the last, which is padded with zeros in memory.
	size_t blocks;
	uint32_t last_length;
	/// Between the counters of neighbouring inputs: 1 for chunks, 0 for parents.
	uint64_t counter_step;
	uint32_t flags, first_flags, last_flags;
};

#define LANES 1
#define NAME(x) x##_1
#include "blake3_lanes.h"
#undef LANES
#undef NAME

#define LANES 4
#define NAME(x) x##_4
#define INTERLEAVE_LOW(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define INTERLEAVE_HIGH(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#include "blake3_lanes.h"
#undef LANES
#undef NAME
#undef INTERLEAVE_LOW
#undef INTERLEAVE_HIGH

#if defined(__x86_64__)
#define LANES 8
#define NAME(x) x##_8
#define INTERLEAVE_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define INTERLEAVE_HIGH(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#include "blake3_lanes.h"
#undef LANES
#undef NAME
#undef INTERLEAVE_LOW
#undef INTERLEAVE_HIGH

#define LANES 16
#define NAME(x) x##_16
#define INTERLEAVE_LOW(a, b) \
	__builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define INTERLEAVE_HIGH(a, b) \
	__builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#include "blake3_lanes.h"
#undef LANES
#undef NAME
#undef INTERLEAVE_LOW
#undef INTERLEAVE_HIGH
#endif

typedef void compressor(const struct work *w, const uint8_t *bytes, uint64_t counter, uint8_t *out);

static void one(const struct work *w, const uint8_t *bytes, uint64_t counter, uint8_t *out)
{
	compress_1(w, bytes, counter, out);
}

static void four(const struct work *w, const uint8_t *bytes, uint64_t counter, uint8_t *out)
{
	compress_4(w, bytes, counter, out);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void
eight(const struct work *w, const uint8_t *bytes, uint64_t counter, uint8_t *out)
{
	compress_8(w, bytes, counter, out);
}

__attribute__((target("avx512f,avx512vl"))) static void
sixteen(const struct work *w, const uint8_t *bytes, uint64_t counter, uint8_t *out)
{
	compress_16(w, bytes, counter, out);
}
#endif

/// The widths that this processor offers, widest first; a width of zero is one it does not have.
struct widths {
	struct {
		size_t lanes;
		compressor *run;
	} steps[4];
};

static struct widths available(void)
{
	struct widths w = {{{0, one}, {0, one}, {4, four}, {1, one}}};
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2")) {
		w.steps[1].lanes = 8;
		w.steps[1].run = eight;
	}
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) {
		w.steps[0].lanes = 16;
		w.steps[0].run = sixteen;
	}
#endif
	return (w);
}

/// Chaining values of `count` inputs, each width taking what is left from the wider one.
static void many(const struct widths *widths, const struct work *w, const uint8_t *bytes,
    size_t count, uint64_t counter, uint8_t *out)
{
	for (int step = 0; step < 4; step++) {
		const size_t lanes = widths->steps[step].lanes;
		for (; lanes > 0 && count >= lanes; count -= lanes) {
			widths->steps[step].run(w, bytes, counter, out);
			bytes += lanes * w->stride;
			counter += lanes * w->counter_step;
			out += lanes * value_size;
		}
	}
}

/// The chaining value of a chunk that may be short, and is the root where there is no other.
static void last_chunk(const uint32_t *key, uint32_t mode, const uint8_t *bytes, size_t count,
    uint64_t counter, bool is_root, uint8_t *out)
{
	uint8_t padded[chunk_size] = {0};
	memcpy(padded, bytes, count);
	const size_t blocks = count == 0 ? 1 : (count + block_size - 1) / block_size;
	const struct work w = {
		.key = key, .stride = chunk_size, .blocks = blocks,
		.last_length = (uint32_t)(count - (blocks - 1) * block_size), .counter_step = 1,
		.flags = mode, .first_flags = chunk_start,
		.last_flags = chunk_end | (is_root ? root : 0),
	};
	one(&w, padded, counter, out);
}

static struct work parents(const uint32_t *key, uint32_t mode, bool is_root)
{
	return ((struct work){
		.key = key, .stride = block_size, .blocks = 1, .last_length = block_size,
		.flags = mode | parent | (is_root ? root : 0),
	});
}

/// Compresses pairs of neighbours until at most `goal` values are left; an odd last one waits its turn.
static void reduce(const struct widths *widths, const uint32_t *key, uint32_t mode,
    uint8_t *values, size_t count, size_t goal)
{
	const struct work w = parents(key, mode, false);
	while (count > goal) {
		const size_t pairs = count / 2;
		uint8_t next[(group_chunks / 2 + 1) * value_size];
		many(widths, &w, values, pairs, 0, next);
		if (count % 2 != 0)
			memcpy(next + pairs * value_size, values + (count - 1) * value_size, value_size);
		count = pairs + count % 2;
		memcpy(values, next, count * value_size);
	}
}

/// Puts a group's value on the stack, after joining it with those of the same size that lie there.
static size_t push(const uint32_t *key, uint32_t mode, uint8_t *stack, size_t depth,
    uint64_t groups, const uint8_t *value)
{
	const struct work w = parents(key, mode, false);
	memcpy(stack + depth * value_size, value, value_size);
	for (depth++; (groups & 1) == 0; groups >>= 1, depth--) {
		uint8_t *const pair = stack + (depth - 2) * value_size;
		uint8_t joined[value_size];
		one(&w, pair, 0, joined);
		memcpy(pair, joined, value_size);
	}
	return (depth);
}

void
zi_blake3(const void *input, size_t count, const uint32_t key[8], uint32_t mode, uint8_t digest[32])
{
	const uint8_t *bytes = input;
	if (count <= chunk_size) {
		last_chunk(key, mode, bytes, count, 0, true, digest);
		return;
	}
	const struct widths widths = available();
	const struct work chunks = {
		.key = key, .stride = chunk_size, .blocks = chunk_size / block_size,
		.last_length = block_size, .counter_step = 1, .flags = mode,
		.first_flags = chunk_start, .last_flags = chunk_end,
	};
	uint8_t stack[stack_depth * value_size];
	uint8_t values[(group_chunks + 1) * value_size];
	size_t depth = 0;
	uint64_t done = 0;

	// Whole groups, as long as something follows: only then is none of their parents the root.
	for (; count > group_chunks * chunk_size; count -= group_chunks * chunk_size) {
		many(&widths, &chunks, bytes, group_chunks, done * group_chunks, values);
		reduce(&widths, key, mode, values, group_chunks, 1);
		done++;
		depth = push(key, mode, stack, depth, done, values);
		bytes += group_chunks * chunk_size;
	}

	size_t left = count / chunk_size;
	const size_t rest = count % chunk_size;
	many(&widths, &chunks, bytes, left, done * group_chunks, values);
	if (rest != 0) {
		last_chunk(key, mode, bytes + left * chunk_size, rest, done * group_chunks + left, false,
		    values + left * value_size);
		left++;
	}
	reduce(&widths, key, mode, values, left, depth == 0 ? 2 : 1);

	// What lies on the stack is joined from the top; the last join is the root.
	for (; depth > 0; depth--) {
		memcpy(values + value_size, values, value_size);
		memcpy(values, stack + (depth - 1) * value_size, value_size);
		if (depth > 1) {
			const struct work w = parents(key, mode, false);
			uint8_t joined[value_size];
			one(&w, values, 0, joined);
			memcpy(values, joined, value_size);
		}
	}
	const struct work w = parents(key, mode, true);
	one(&w, values, 0, digest);
}

// BLAKE3 with a key, whole chunks hashed side by side in the lanes of vectors.
#ifndef ZINSPECT_BLAKE3_H
#define ZINSPECT_BLAKE3_H

#include <stddef.h>
#include <stdint.h>

/// BLAKE3's mode: the default hash (whose key is the fixed initial value) or the keyed one.
enum { zi_blake3_hash = 0, zi_blake3_keyed = 1 << 4 };

/// The 32-byte digest of `count` bytes; `key` is eight words, `mode` one of the above.
void zi_blake3(
    const void *bytes, size_t count, const uint32_t key[8], uint32_t mode, uint8_t digest[32]);

#endif

package import Bytes
package import Objects
import Vdevs

/// Micro and fat ZAPs put together byte by byte, from what OpenZFS's headers say of them.
package struct HandMadeZAP {
    package let made: HandMade
    package var blockSize = 4096
    package var salt: UInt64 = 0x1234_5679
    package var flags: UInt64 = 0
    package var normalization: UInt64 = 0

    package init(_ order: ByteOrder = .little) { made = HandMade(order) }

    package var hash: ZAPHash {
        ZAPHash(salt: salt, flags: ZAPFlags(rawValue: flags), normalization: normalization)
    }

    package func micro(_ entries: [(String, UInt64)], size: Int = 1024) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        made.put(UInt64(1) << 63 + 3, at: 0, into: &bytes)
        made.put(salt, at: 8, into: &bytes)
        made.put(normalization, at: 16, into: &bytes)
        for (index, (name, value)) in entries.enumerated() {
            let start = (index + 1) * 64
            made.put(value, at: start, into: &bytes)
            made.put(UInt32(index), at: start + 8, into: &bytes)
            bytes.replaceSubrange(start + 14..<start + 14 + name.utf8.count, with: name.utf8)
        }
        return bytes
    }

    /// One entry of a fat ZAP.
    package struct Entry {
        package var key: ZAPEntry.Key
        package var integerSize = 8
        /// Each integer with its high byte first.
        package var value: [UInt8]

        package init(_ name: String, _ word: UInt64) {
            key = .name([UInt8](name.utf8))
            value = (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) }
        }

        package init(_ key: ZAPEntry.Key, integerSize: Int, _ value: [UInt8]) {
            self.key = key
            self.integerSize = integerSize
            self.value = value
        }
    }

    package func hash(of key: ZAPEntry.Key) -> UInt64 {
        switch key {
        case .name(let name): hash.hash(name: name) ?? 0
        case .words(let words): hash.hash(words: words)
        }
    }

    /// A leaf with the entries given, chained by their hashes, its free chunks on the free list.
    package func leaf(_ entries: [Entry], prefix: UInt64 = 0, prefixLength: Int = 0) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: blockSize)
        let buckets = blockSize / 32
        let chunks = (blockSize - 2 * buckets) / 24 - 2
        func chunkStart(_ chunk: Int) -> Int { 48 + 2 * buckets + 24 * chunk }
        made.put(UInt64(1) << 63, at: 0, into: &bytes)
        made.put(prefix, at: 16, into: &bytes)
        made.put(UInt32(0x2AB1EAF), at: 24, into: &bytes)
        made.put(UInt16(entries.count), at: 30, into: &bytes)
        made.put(UInt16(prefixLength), at: 32, into: &bytes)
        for bucket in 0..<buckets { made.put(UInt16(0xffff), at: 48 + 2 * bucket, into: &bytes) }
        var next = 0
        var heads: [Int: Int] = [:]
        func array(_ contents: [UInt8]) -> UInt16 {
            guard !contents.isEmpty else { return 0xffff }
            let first = next
            for start in stride(from: 0, to: contents.count, by: 21) {
                let part = contents[start..<min(contents.count, start + 21)]
                let place = chunkStart(next)
                bytes[place] = 251
                bytes.replaceSubrange(place + 1..<place + 1 + part.count, with: part)
                let isLast = start + 21 >= contents.count
                made.put(UInt16(isLast ? 0xffff : next + 1), at: place + 22, into: &bytes)
                next += 1
            }
            return UInt16(first)
        }
        for entry in entries {
            let hash = hash(of: entry.key)
            let chunk = next
            next += 1
            let place = chunkStart(chunk)
            let bits = UInt64(64 - buckets.trailingZeroBitCount - prefixLength)
            let bucket = Int(hash >> bits) & (buckets - 1)
            bytes[place] = 252
            bytes[place + 1] = UInt8(entry.integerSize)
            made.put(UInt16(heads[bucket] ?? 0xffff), at: place + 2, into: &bytes)
            let name: [UInt8]
            let count: Int
            switch entry.key {
            case .name(let text): (name, count) = (text + [0], text.count + 1)
            case .words(let words):
                name = words.flatMap { word in
                    (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) }
                }
                count = words.count
            }
            made.put(array(name), at: place + 4, into: &bytes)
            made.put(UInt16(count), at: place + 6, into: &bytes)
            made.put(array(entry.value), at: place + 8, into: &bytes)
            made.put(UInt16(entry.value.count / entry.integerSize), at: place + 10, into: &bytes)
            made.put(hash, at: place + 16, into: &bytes)
            heads[bucket] = chunk
            made.put(UInt16(chunk), at: 48 + 2 * bucket, into: &bytes)
        }
        for chunk in next..<chunks {
            bytes[chunkStart(chunk)] = 253
            made.put(
                UInt16(chunk + 1 < chunks ? chunk + 1 : 0xffff), at: chunkStart(chunk) + 22,
                into: &bytes)
        }
        made.put(UInt16(chunks - next), at: 28, into: &bytes)
        made.put(UInt16(next < chunks ? next : 0xffff), at: 34, into: &bytes)
        return bytes
    }

    /// The blocks of a fat ZAP: entries spread over 2^`bits` leaves, its table in the header or outside.
    package func fat(_ entries: [Entry], bits: Int = 1, externalTable: Bool = false) -> [[UInt8]] {
        let leafCount = 1 << bits
        var leaves: [[UInt8]] = []
        for prefix in 0..<leafCount {
            let own = entries.filter {
                bits == 0 || Int(hash(of: $0.key) >> UInt64(64 - bits)) == prefix
            }
            leaves.append(leaf(own, prefix: UInt64(prefix), prefixLength: bits))
        }
        let embeddedShift = blockSize.trailingZeroBitCount - 4
        let shift = embeddedShift + (externalTable ? 1 : 0)
        var header = [UInt8](repeating: 0, count: blockSize)
        let words: [UInt64] = [
            1 << 63 + 1, 0x2F52_AB2AB, externalTable ? UInt64(leafCount + 1) : 0,
            externalTable ? 1 : 0, UInt64(shift), 0, 0,
            UInt64(leafCount + (externalTable ? 2 : 1)), UInt64(leafCount),
            UInt64(entries.count), salt, normalization, flags,
        ]
        for (index, word) in words.enumerated() { made.put(word, at: index * 8, into: &header) }
        let slots = (0..<1 << shift).map { UInt64($0 >> (shift - bits) + 1) }
        guard externalTable else {
            for (slot, leaf) in slots.enumerated() {
                made.put(leaf, at: blockSize / 2 + slot * 8, into: &header)
            }
            return [header] + leaves
        }
        var table = [UInt8](repeating: 0, count: blockSize)
        for (slot, leaf) in slots.enumerated() { made.put(leaf, at: slot * 8, into: &table) }
        return [header] + leaves + [table]
    }

    package func zap(_ blocks: [[UInt8]]) throws -> ZAP {
        try ZAP(try made.object(blocks, type: .directory))
    }
}

import Bytes

/// Reads the entries of one leaf after the other, and holds each leaf against its own header.
///
/// Every chunk is used at most once, so that no chain can go round; what stands in no chain is found by
/// looking at all chunks. The working memory is kept from leaf to leaf. Mirrors `zap_leaf_lookup` and
/// `zap_leaf_array_read` (`module/zfs/zap_leaf.c`), which trust all of this.
struct ZAPLeafReader {
    /// How far back in a chain the same key is looked for; sound chains hold one or two entries.
    private static let duplicateWindow = 64

    let hash: ZAPHash
    var problems = ZAPProblems()
    var statistics = ZAPStatistics()
    /// Which chunks of the current leaf were met so far.
    private var used: [Bool] = []
    /// Entries of the current chain.
    private var chain: [ZAPLeafEntry] = []
    /// Entries of the current leaf, those that could not be decoded included.
    private var chunkEntries = 0
    private var misplaced = 0

    init(hash: ZAPHash) { self.hash = hash }

    /// Gives the leaf's entries to `body`, chain by chain, then those that stand in no chain.
    ///
    /// Returns how many entry chunks there were.
    mutating func read<Failure: Error>(
        _ leaf: ZAPLeaf, _ body: (ZAPEntry) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        startLeaf(leaf)
        for bucket in 0..<leaf.bucketCount {
            chain.removeAll(keepingCapacity: true)
            let before = chunkEntries
            var place = leaf.offset(ofBucket: bucket)
            var next = leaf.bucket(bucket)
            while next != ZAPLeaf.Layout.chainEnd {
                guard claim(next, as: ZAPLeaf.Layout.Chunk.entry, from: place, leaf) else { break }
                let raw = leaf.entry(inChunk: Int(next))
                if leaf.bucketIndex(of: raw.hash) != bucket || !leaf.covers(raw.hash) {
                    misplaced += 1
                }
                try take(raw, leaf, body)
                place = leaf.offset(ofChunk: raw.chunk) + ZAPLeaf.Layout.Chunk.next.offset
                next = raw.next
            }
            ZAPStatistics.count(chunkEntries - before, in: &statistics.bucketsByEntries)
        }
        try readLost(leaf, body)
        check(leaf)
        return chunkEntries
    }

    private mutating func startLeaf(_ leaf: ZAPLeaf) {
        used.removeAll(keepingCapacity: true)
        used.append(contentsOf: repeatElement(false, count: leaf.chunkCount))
        (chunkEntries, misplaced) = (0, 0)
    }

    private mutating func take<Failure: Error>(
        _ raw: ZAPLeafEntry, _ leaf: ZAPLeaf, _ body: (ZAPEntry) throws(Failure) -> Void
    ) throws(Failure) {
        chunkEntries += 1
        ZAPStatistics.count(raw.chunkCount(hash.flags), in: &statistics.entriesByChunks)
        guard let entry = decode(raw, leaf) else { return }
        checkNeighbours(of: raw, entry, leaf)
        chain.append(raw)
        try body(entry)
    }

    /// No key stands twice in a chain, and entries of one hash differ by their collision numbers, by which chains of newer
    /// leaves are sorted (`zap_leaf_rehash_entry`, `module/zfs/zap_leaf.c`).
    private mutating func checkNeighbours(of raw: ZAPLeafEntry, _ entry: ZAPEntry, _ leaf: ZAPLeaf)
    {
        if leaf.isSorted, let last = chain.last, last.collision > raw.collision {
            add(
                .collisionOrder, leaf, raw.chunk,
                "le_cd is \(raw.collision), after one of \(last.collision)", entry.name)
        }
        for earlier in chain.suffix(Self.duplicateWindow) where earlier.hash == raw.hash {
            if leaf.key(of: earlier, isWords: hash.flags.contains(.wordKeys)) == entry.key {
                add(
                    .duplicateName, leaf, raw.chunk,
                    "the key \(entry.name) stands in chunk \(earlier.chunk) already", entry.name)
            } else if earlier.collision == raw.collision {
                add(
                    .duplicateCollision, leaf, raw.chunk,
                    "le_cd is that of chunk \(earlier.chunk), which has the same hash", entry.name)
            }
        }
    }

    /// Entry chunks that no chain led to: the kernel does not find them, but they are whole.
    private mutating func readLost<Failure: Error>(
        _ leaf: ZAPLeaf, _ body: (ZAPEntry) throws(Failure) -> Void
    ) throws(Failure) {
        for chunk in 0..<leaf.chunkCount
        where !used[chunk] && leaf.type(ofChunk: chunk) == ZAPLeaf.Layout.Chunk.entry {
            used[chunk] = true
            add(.lostEntry, leaf, chunk, "the entry stands in no chain")
            chain.removeAll(keepingCapacity: true)
            try take(leaf.entry(inChunk: chunk), leaf, body)
        }
    }

    /// Marks a chunk as met; false, with a problem, where a chain must end before it.
    ///
    /// `place` is where in the block its number stands.
    private mutating func claim(
        _ number: UInt16, as type: UInt8, from place: Int, _ leaf: ZAPLeaf
    ) -> Bool {
        let chunk = Int(number)
        guard chunk < leaf.chunkCount else {
            problems.add(
                ZAPProblem(
                    .chainBroken, block: leaf.block, at: place,
                    "a chain leads to chunk \(chunk) of \(leaf.chunkCount)",
                    stored: UInt64(number)))
            return false
        }
        let found = leaf.type(ofChunk: chunk)
        guard found == type else {
            add(
                .chainBroken, leaf, chunk,
                "a chain leads to a chunk of type \(found) where \(type) is expected")
            return false
        }
        guard !used[chunk] else {
            add(.chainLoop, leaf, chunk, "a second chain, or the same again, leads to the chunk")
            return false
        }
        used[chunk] = true
        return true
    }

    private mutating func add(
        _ kind: ZAPProblem.Kind, _ leaf: ZAPLeaf, _ chunk: Int, _ what: String,
        _ name: String? = nil
    ) {
        problems.add(
            ZAPProblem(
                kind, block: leaf.block, chunk: chunk, at: leaf.offset(ofChunk: chunk), what,
                name: name))
    }
}

extension ZAPLeafReader {
    /// One entry by itself, whatever chunks others use; nil where it is damaged.
    mutating func decodeAlone(_ raw: ZAPLeafEntry, _ leaf: ZAPLeaf) -> ZAPEntry? {
        startLeaf(leaf)
        return decode(raw, leaf)
    }

    /// The entry with its key and value put together; nil, with a problem, where a part is damaged.
    private mutating func decode(_ raw: ZAPLeafEntry, _ leaf: ZAPLeaf) -> ZAPEntry? {
        guard let key = readKey(raw, leaf) else { return nil }
        guard let value = readValue(raw, leaf) else { return nil }
        if let expected = expectedHash(key), expected != raw.hash {
            problems.add(
                ZAPProblem(
                    .wrongHash, block: leaf.block, chunk: raw.chunk,
                    at: leaf.offset(ofChunk: raw.chunk) + ZAPLeaf.Layout.Chunk.hash.offset,
                    "le_hash is not the hash of the key", stored: raw.hash, actual: expected))
        }
        return ZAPEntry(
            key: key, value: value, hash: raw.hash, collision: raw.collision, block: leaf.block,
            chunk: raw.chunk)
    }

    private func expectedHash(_ key: ZAPEntry.Key) -> UInt64? {
        switch key {
        case .name(let bytes): hash.hash(name: bytes)
        case .words(let words): hash.hash(words: words)
        }
    }

    private mutating func readKey(_ raw: ZAPLeafEntry, _ leaf: ZAPLeaf) -> ZAPEntry.Key? {
        let place = leaf.offset(ofChunk: raw.chunk) + ZAPLeaf.Layout.Chunk.nameChunk.offset
        guard hash.flags.contains(.wordKeys) else {
            guard var name = readArray(raw.nameChunk, Int(raw.nameCount), from: place, leaf) else {
                return nil
            }
            if name.last == 0 {
                name.removeLast()
            } else {
                add(
                    .unterminatedName, leaf, raw.chunk,
                    "the name \(String(decoding: name, as: UTF8.self)) has no end")
            }
            if let end = name.firstIndex(of: 0) {
                add(.badEntry, leaf, raw.chunk, "the name has a NUL inside")
                name.removeSubrange(end...)
            }
            return .name(name)
        }
        guard let bytes = readArray(raw.nameChunk, Int(raw.nameCount) * 8, from: place, leaf)
        else { return nil }
        return .words(ZAPValue(integerSize: 8, bytes: bytes).words)
    }

    private mutating func readValue(_ raw: ZAPLeafEntry, _ leaf: ZAPLeaf) -> ZAPValue? {
        let size = Int(raw.integerSize)
        guard size == 1 || size == 2 || size == 4 || size == 8 else {
            problems.add(
                ZAPProblem(
                    .badEntry, block: leaf.block, chunk: raw.chunk,
                    at: leaf.offset(ofChunk: raw.chunk)
                        + ZAPLeaf.Layout.Chunk.integerSize.offset,
                    "the value has integers of \(size) bytes", stored: UInt64(size)))
            return nil
        }
        let place = leaf.offset(ofChunk: raw.chunk) + ZAPLeaf.Layout.Chunk.valueChunk.offset
        if size == 8, raw.valueCount == 1 {
            guard claim(raw.valueChunk, as: ZAPLeaf.Layout.Chunk.array, from: place, leaf) else {
                return nil
            }
            return ZAPValue(word: leaf.word(inChunk: Int(raw.valueChunk)))
        }
        guard let bytes = readArray(raw.valueChunk, Int(raw.valueCount) * size, from: place, leaf)
        else { return nil }
        return ZAPValue(integerSize: size, bytes: bytes)
    }

    /// `count` bytes from a chain of array chunks; nil, with a problem, where the chain is too short.
    private mutating func readArray(
        _ first: UInt16, _ count: Int, from place: Int, _ leaf: ZAPLeaf
    ) -> [UInt8]? {
        var next = first
        var place = place
        for _ in 0..<(count + ZAPLeaf.Layout.arraySize - 1) / ZAPLeaf.Layout.arraySize {
            guard claim(next, as: ZAPLeaf.Layout.Chunk.array, from: place, leaf) else {
                return nil
            }
            place =
                leaf.offset(ofChunk: Int(next)) + ZAPLeaf.Layout.Chunk.arrayNext.offset
            next = leaf.next(afterChunk: Int(next))
        }
        if next != ZAPLeaf.Layout.chainEnd, count > 0 {
            problems.add(
                ZAPProblem(
                    .chainBroken, block: leaf.block, at: place,
                    "a name or value goes on after its end, to chunk \(next)",
                    stored: UInt64(next)))
        }
        return leaf.array(first, count: count)
    }

    /// Holds what was met against the header: counts, free list, and that no chunk is left over.
    private mutating func check(_ leaf: ZAPLeaf) {
        typealias Layout = ZAPLeaf.Layout
        if let place = leaf.firstUsedPadding {
            problems.add(
                ZAPProblem(
                    .padding, block: leaf.block, at: place,
                    "the leaf's header has bits that are always 0"))
        }
        if misplaced > 0 {
            problems.add(
                ZAPProblem(
                    .wrongBucket, block: leaf.block, at: Layout.prefixLength.offset,
                    "\(misplaced) entries stand in another bucket than their hashes and "
                        + "lh_prefix_len say"))
        }
        if chunkEntries != Int(leaf.entryCount) {
            problems.add(
                ZAPProblem(
                    .leafCount, block: leaf.block, at: Layout.entryCount.offset,
                    "lh_nentries is \(leaf.entryCount), but there are \(chunkEntries)",
                    stored: UInt64(leaf.entryCount), actual: UInt64(chunkEntries)))
        }
        var free = 0
        var next = leaf.freeList
        var place = Layout.freeList.offset
        while next != Layout.chainEnd, claim(next, as: Layout.Chunk.free, from: place, leaf) {
            free += 1
            place = leaf.offset(ofChunk: Int(next)) + Layout.Chunk.arrayNext.offset
            next = leaf.next(afterChunk: Int(next))
        }
        if free != Int(leaf.freeCount) {
            problems.add(
                ZAPProblem(
                    .freeList, block: leaf.block, at: Layout.freeCount.offset,
                    "lh_nfree is \(leaf.freeCount), but the free list has \(free)",
                    stored: UInt64(leaf.freeCount), actual: UInt64(free)))
        }
        var left = 0
        for isUsed in used where !isUsed { left += 1 }
        if left > 0 {
            problems.add(
                ZAPProblem(
                    .freeList, block: leaf.block, at: Layout.freeList.offset,
                    "\(left) chunks are neither used nor free"))
        }
    }
}

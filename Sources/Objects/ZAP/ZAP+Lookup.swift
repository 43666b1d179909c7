import Bytes

extension ZAP {
    /// The entry of exactly this name, nil where there is none.
    ///
    /// Where damage bars the short way, all entries are looked through; the error is thrown only if that
    /// does not find it.
    package func lookup(_ name: String) throws(ObjectError) -> ZAPEntry? {
        try lookup(.name([UInt8](name.utf8)))
    }

    /// The entry of exactly this key of words.
    package func lookup(words: [UInt64]) throws(ObjectError) -> ZAPEntry? {
        try lookup(.words(words))
    }

    /// The entry of exactly this key.
    package func lookup(_ key: ZAPEntry.Key) throws(ObjectError) -> ZAPEntry? {
        guard case .fat(let header) = form, let hash = hash(of: key) else { return scan(key) }
        do {
            return try lookup(key, hash, header)
        } catch {
            if let entry = scan(key) { return entry }
            throw error
        }
    }

    private func hash(of key: ZAPEntry.Key) -> UInt64? {
        switch key {
        case .name(let bytes): hash.hash(name: bytes)
        case .words(let words):
            hash.flags.contains(.wordKeys) ? hash.hash(words: words) : nil
        }
    }

    private func lookup(
        _ key: ZAPEntry.Key, _ hash: UInt64, _ header: FatZAPHeader
    ) throws(ObjectError) -> ZAPEntry? {
        let table = ZAPPointerTable(object: object, header: header)
        let index = try table.leaf(forHash: hash)
        guard let block = try object.orderedBlock(index) else {
            throw ObjectError(
                object: object.number, .outOfRange("the leaf in block \(index) is a hole"))
        }
        let leaf: ZAPLeaf
        do {
            leaf = try ZAPLeaf(block.bytes, block.order, block: index)
        } catch {
            throw ObjectError(object: object.number, .format(error))
        }
        return try find(key, hash, leaf)
    }

    /// Follows the chain of the hash's bucket; throws where that can't be trusted.
    private func find(
        _ key: ZAPEntry.Key, _ hash: UInt64, _ leaf: ZAPLeaf
    ) throws(ObjectError) -> ZAPEntry? {
        let isWords = self.hash.flags.contains(.wordKeys)
        var next = leaf.bucket(leaf.bucketIndex(of: hash))
        var steps = 0
        while leaf.covers(hash), next != ZAPLeaf.Layout.chainEnd, steps <= leaf.chunkCount {
            guard Int(next) < leaf.chunkCount,
                leaf.type(ofChunk: Int(next)) == ZAPLeaf.Layout.Chunk.entry
            else { break }
            let raw = leaf.entry(inChunk: Int(next))
            if raw.hash == hash, leaf.key(of: raw, isWords: isWords) == key {
                var reader = ZAPLeafReader(hash: self.hash)
                if let entry = reader.decodeAlone(raw, leaf) { return entry }
                break
            }
            next = raw.next
            steps += 1
        }
        guard leaf.covers(hash), next == ZAPLeaf.Layout.chainEnd else {
            throw ObjectError(
                object: object.number,
                .format(
                    FormatError(
                        "zap_leaf_phys_t", .invalid("in block \(leaf.block) has a damaged chain"))))
        }
        return nil
    }

    private func scan(_ key: ZAPEntry.Key) -> ZAPEntry? {
        struct Found: Error { let entry: ZAPEntry }
        do throws(Found) {
            try forEachEntry { entry throws(Found) in
                if entry.key == key { throw Found(entry: entry) }
            }
            return nil
        } catch {
            return error.entry
        }
    }
}

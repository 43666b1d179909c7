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
        var found: ZAPEntry?
        var reader = ZAPLeafReader(hash: self.hash)
        // All chunks are looked at, not the one chain, so that a damaged chain hides nothing.
        for chunk in 0..<leaf.chunkCount where found == nil {
            guard leaf.type(ofChunk: chunk) == ZAPLeaf.Layout.Chunk.entry else { continue }
            let raw = leaf.entry(inChunk: chunk)
            guard raw.hash == hash, let entry = reader.decodeAlone(raw, leaf) else { continue }
            if entry.key == key { found = entry }
        }
        return found
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

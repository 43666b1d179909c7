import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// Brings the space map of one metaslab up to date with what a repair takes from it.
struct MetaslabMapWriter {
    let pool: Pool
    let metaslab: SurveyedMetaslab
    let txg: TransactionGroup
    /// What the map must hold where it is written anew.
    let contents: [Range<Int>]
    /// The object to write a new map to instead of the one that it has; nil to make one where that is needed.
    let spare: UInt64?
    /// The objects of the log space maps, which no metaslab may name as its own map.
    let logObjects: Set<UInt64>
    /// Another metaslab before it names the same map.
    let isShared: Bool
    let allowsTwoWords: Bool
    /// Changes go to a log and not to the map itself.
    let hasLogs: Bool

    /// Enters the ranges `own`, in bytes and in order, or the whole map where it is rebuilt.
    ///
    /// Returns whether the metaslab got another object as its map.
    func write(
        _ own: [Range<UInt64>], isRebuilt: Bool, books: SpaceBooks, to meta: inout ObjectSetDraft
    ) throws(RepairError) -> Bool {
        // A metaslab that nothing was ever allocated from has no map yet.
        let isRebuilt = isRebuilt || metaslab.mapObject == 0
        let histogram = histogram(taking: own, isRebuilt: isRebuilt)
        try noteUnflushed(books, isRebuilt: isRebuilt, in: &meta)
        guard isRebuilt else {
            if hasLogs {
                try setHeader(metaslab.mapObject, histogram: histogram, in: &meta)
            } else {
                try append(own, histogram, to: &meta)
            }
            return false
        }
        guard isShared || !isUsable(metaslab.mapObject) else {
            try rebuild(metaslab.mapObject, own, histogram, in: &meta)
            return false
        }
        let number: UInt64
        if let spare {
            number = spare
        } else {
            number = try NewSpaceMap.add(to: &meta, blockSize: hasLogs ? 1 << 17 : 1 << 14, pool)
        }
        try setArray(books, number, in: &meta)
        try rebuild(number, own, histogram, in: &meta)
        return true
    }

    /// Whether the map's object can be written anew in place.
    private func isUsable(_ number: UInt64) -> Bool {
        guard number != 0, let object = try? pool.meta.object(number), object.type == .spaceMap,
            object.dnode.bonusRange.count >= SpaceMapHeader.Layout.shortByteCount,
            !logObjects.contains(number)
        else { return false }
        var isWhole = true
        object.forEachBlockPointer { step in if case .damaged = step { isWhole = false } }
        return isWhole
    }

    private func rebuild(
        _ number: UInt64, _ own: [Range<UInt64>], _ histogram: [UInt64],
        in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        var encoder = SpaceMapEncoder(
            blockSize: try meta.object(number).blockSize, allowsTwoWords: allowsTwoWords)
        let shift = UInt64(metaslab.geometry.ashift)
        var total: UInt64 = 0
        let claimed = contents.map {
            metaslab.geometry.bytes($0, ofMetaslab: metaslab.index)
        }
        for ranges in [claimed, hasLogs ? [] : own] where !ranges.isEmpty {
            encoder.appendDebug(.allocation, txg: txg.rawValue, syncPass: 1)
            for range in ranges.map({ $0.clamped(to: metaslab.bounds) }) where !range.isEmpty {
                total += range.upperBound - range.lowerBound
                try RepairError.format(of: number) { () throws(FormatError) in
                    try encoder.append(
                        .allocation,
                        offset: (range.lowerBound - metaslab.bounds.lowerBound) >> shift,
                        run: (range.upperBound - range.lowerBound) >> shift)
                }
            }
        }
        let order = try meta.object(number).order(ofBlock: 0)
        let blocks = encoder.blocks(order)
        try meta.edit(number) { map throws(RepairError) in try map.replaceBlocks(blocks) }
        try setHeader(
            number, length: UInt64(encoder.byteCount), allocated: Int64(clamping: total),
            histogram: histogram, in: &meta)
    }

    /// Adds entries at the end of the map.
    private func append(
        _ own: [Range<UInt64>], _ histogram: [UInt64], to meta: inout ObjectSetDraft
    ) throws(RepairError) {
        let number = metaslab.mapObject
        let object = try meta.object(number)
        let header = try header(of: object)
        let blockSize = try object.blockSize
        guard header.length % 8 == 0, let first = Int(exactly: header.length / UInt64(blockSize))
        else { throw .changed("the space map \(number) has a length of \(header.length)") }
        let order = try object.order(ofBlock: UInt64(first))
        let begun = Int(header.length % UInt64(blockSize)) / 8
        let block = begun == 0 ? [] : try object.block(UInt64(first))
        let words = try RepairError.format(of: number) { () throws(FormatError) in
            var words: [UInt64] = []
            for index in 0..<begun {
                words.append(
                    try Field<UInt64>("entry", at: index * 8).read(block.rawBytes, order))
            }
            return words
        }
        var encoder = SpaceMapEncoder(
            blockSize: blockSize, allowsTwoWords: allowsTwoWords, following: words)
        let shift = UInt64(metaslab.geometry.ashift)
        var total: UInt64 = 0
        if !own.isEmpty { encoder.appendDebug(.allocation, txg: txg.rawValue, syncPass: 1) }
        for range in own {
            total += range.upperBound - range.lowerBound
            try RepairError.format(of: number) { () throws(FormatError) in
                try encoder.append(
                    .allocation, offset: (range.lowerBound - metaslab.bounds.lowerBound) >> shift,
                    run: (range.upperBound - range.lowerBound) >> shift)
            }
        }
        let blocks = encoder.blocks(order)
        try meta.edit(number) { map throws(RepairError) in
            for (index, bytes) in blocks.enumerated() {
                try map.setBlock(UInt64(first + index), bytes)
            }
        }
        try setHeader(
            number, length: UInt64(first * blockSize + encoder.byteCount),
            allocated: header.allocated &+ Int64(clamping: total), histogram: histogram, in: &meta)
    }

    private func header(of object: ObjectDraft) throws(RepairError) -> SpaceMapHeader {
        let bonus = try object.bonus
        return try RepairError.format(of: object.number) { () throws(FormatError) in
            try SpaceMapHeader(bonus.rawBytes, object.order)
        }
    }

    private func setHeader(
        _ number: UInt64, length: UInt64? = nil, allocated: Int64? = nil, histogram: [UInt64],
        in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        let old = try header(of: try meta.object(number))
        try meta.edit(number) { map throws(RepairError) in
            try map.editBonus { bonus throws(FormatError) in
                try SpaceMapHeader.write(
                    length: length ?? old.length, allocated: allocated ?? old.allocated,
                    histogram: histogram, into: &bonus, old.order)
            }
        }
    }
}

extension MetaslabMapWriter {
    /// Names another object as the metaslab's map.
    private func setArray(
        _ books: SpaceBooks, _ number: UInt64, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        guard let array = books.vdev(metaslab.vdev)?.config.metaslabArray, array != 0 else {
            throw .unsupported("vdev \(metaslab.vdev) has no array of metaslabs")
        }
        try setWord(of: array, number, in: &meta)
    }

    /// From which group on logs hold changes that the map lacks: the repair's, for a map that was written anew or that
    /// had none before.
    private func noteUnflushed(
        _ books: SpaceBooks, isRebuilt: Bool, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        guard hasLogs, isRebuilt || metaslab.unflushedTxg.rawValue == 0 else { return }
        guard let array = books.vdev(metaslab.vdev)?.unflushedObject, array != 0 else {
            throw .unsupported(
                "vdev \(metaslab.vdev) has no list of the groups in which metaslabs were flushed")
        }
        try setWord(of: array, txg.rawValue, in: &meta)
    }

    /// Sets the metaslab's word in an object that is an array of them.
    private func setWord(
        of array: UInt64, _ word: UInt64, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        let index = metaslab.index
        try meta.edit(array) { object throws(RepairError) in
            let perBlock = try object.blockSize / 8
            try object.editBlock(UInt64(index / perBlock)) { (bytes, order) throws(FormatError) in
                try Field<UInt64>("metaslab", at: index % perBlock * 8)
                    .write(word, into: &bytes, order)
            }
        }
    }

    /// How many free runs of each size there are after the repair (`space_map_histogram_add`).
    private func histogram(taking own: [Range<UInt64>], isRebuilt: Bool) -> [UInt64] {
        let geometry = metaslab.geometry
        var used = UnitBitmap(count: geometry.unitsPerMetaslab)
        if !isRebuilt, let allocated = metaslab.allocated { used = allocated }
        if isRebuilt || metaslab.allocated == nil {
            for run in contents { _ = used.insert(run.clamped(to: 0..<used.count)) }
        }
        for range in own { _ = used.insert(geometry.units(range, ofMetaslab: metaslab.index)) }
        var histogram = [UInt64](repeating: 0, count: SpaceMapHeader.bucketCount)
        let bounds = geometry.units(metaslab.bounds, ofMetaslab: metaslab.index)
        used.forEachRun(of: false, in: bounds) { run in
            let power = Int.bitWidth - 1 - run.count.leadingZeroBitCount
            let bucket = min(power, SpaceMapHeader.bucketCount - 1)
            histogram[bucket] &+= 1 << UInt64(power - bucket)
        }
        return histogram
    }
}

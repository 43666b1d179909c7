package import Bytes

/// Checks micro ZAPs one after the other, in place, with working memory that is kept.
///
/// A pool has one for nearly every directory, so that nothing is allocated where nothing is wrong.
package struct MicroZAPChecker {
    /// An entry by what tells it from others.
    private struct Known {
        let hash: UInt64
        let slot: Int32
        let collision: UInt32
        /// Whether the hash is the ZAP's own, so that collision numbers count.
        let isOwnHash: Bool
    }

    private var known: [Known] = []
    private typealias Layout = MicroZAP.Layout
    /// `MZAP_MAX_SIZE`, with the feature large_microzap.
    private static let largest = 1 << 20
    /// How far back the same name is looked for; sound ZAPs have one or two entries of a hash.
    private static let window = 64

    package init() {}

    /// What is wrong with the micro ZAP that fills `block`, whose first word was found to be that of one.
    ///
    /// `mayNormalize` says whether it is of a type whose names may be (`ZAP.normalizes`). Mirrors what `mzap_open` and `mzap_add` (`module/zfs/zap_micro.c`) take for granted.
    package mutating func check(
        _ block: RawSpan, _ order: ByteOrder, mayNormalize: Bool
    ) -> [ZAPProblem] {
        var problems: [ZAPProblem] = []
        do {
            let salt = try block.integer(at: Layout.salt.offset, order, as: UInt64.self)
            let normalization = try block.integer(
                at: Layout.normalization.offset, order, as: UInt64.self)
            checkHeader(block, salt, normalization, &problems)
            if normalization != 0, !mayNormalize {
                problems.append(
                    ZAPProblem(
                        .header, block: 0, at: Layout.normalization.offset,
                        "mz_normflags is set, and names of this type are not normalized",
                        stored: normalization))
            }
            let hash = ZAPHash(salt: salt, flags: [], normalization: normalization)
            try readSlots(block, order, hash, &problems)
        } catch {
            problems.append(
                ZAPProblem(.header, block: 0, at: 0, "the block is too short: \(error)"))
        }
        compare(block, &problems)
        return problems
    }

    private func checkHeader(
        _ block: RawSpan, _ salt: UInt64, _ normalization: UInt64, _ problems: inout [ZAPProblem]
    ) {
        if salt & 1 == 0 {
            problems.append(
                ZAPProblem(
                    .header, block: 0, at: Layout.salt.offset, "mz_salt is even, which no salt is",
                    stored: salt))
        }
        if normalization & ~ZAPHash.knownNormalization != 0 {
            problems.append(
                ZAPProblem(
                    .header, block: 0, at: Layout.normalization.offset,
                    "mz_normflags has unknown flags", stored: normalization))
        }
        if block.byteCount > Self.largest {
            problems.append(
                ZAPProblem(
                    .header, block: 0, at: 0, "a micro ZAP can't be \(block.byteCount) bytes long"))
        }
        let padding = Layout.padding.range
        if let place = padding.first(where: { $0 < block.byteCount && Self.byte(block, $0) != 0 }) {
            problems.append(
                ZAPProblem(.padding, block: 0, at: place, "mz_pad is not zero"))
        }
    }

    private mutating func readSlots(
        _ block: RawSpan, _ order: ByteOrder, _ hash: ZAPHash, _ problems: inout [ZAPProblem]
    ) throws(OutOfBounds) {
        known.removeAll(keepingCapacity: true)
        for slot in 1..<max(1, block.byteCount / Layout.slotSize) {
            let start = slot * Layout.slotSize
            let range = Self.nameRange(block, slot)
            let limit = start + Layout.slotSize
            guard !range.isEmpty else {
                if !block.extracting(start..<limit).isAllZero {
                    problems.append(
                        ZAPProblem(
                            .padding, block: 0, chunk: slot, at: start,
                            "a free slot is not all zero"))
                }
                continue
            }
            let name = block.extracting(range)
            if !block.extracting(range.upperBound..<limit).isAllZero {
                problems.append(problem(.padding, slot, name, "has bytes behind its end"))
            }
            if name.byteCount == Layout.nameSize {
                problems.append(problem(.unterminatedName, slot, name, "has no end"))
            }
            let padding = try block.integer(
                at: start + Layout.Slot.padding.offset, order, as: UInt16.self)
            if padding != 0 {
                problems.append(problem(.padding, slot, name, "has a mze_pad that is not zero"))
            }
            let own = hash.hash(name: name)
            known.append(
                Known(
                    hash: own ?? plainHash(name), slot: Int32(truncatingIfNeeded: slot),
                    collision: try block.integer(
                        at: start + Layout.Slot.collision.offset, order, as: UInt32.self),
                    isOwnHash: own != nil))
        }
    }

    /// Entries of one hash must differ by name and by collision number.
    private mutating func compare(_ block: RawSpan, _ problems: inout [ZAPProblem]) {
        known.sort { ($0.hash, $0.slot) < ($1.hash, $1.slot) }
        for place in known.indices.dropFirst() {
            let entry = known[place]
            var earlier = place - 1
            while earlier >= 0, place - earlier <= Self.window, known[earlier].hash == entry.hash {
                compare(entry, known[earlier], block, &problems)
                earlier -= 1
            }
        }
    }

    private func compare(
        _ entry: Known, _ earlier: Known, _ block: RawSpan, _ problems: inout [ZAPProblem]
    ) {
        let name = block.extracting(Self.nameRange(block, Int(entry.slot)))
        if name.equals(block.extracting(Self.nameRange(block, Int(earlier.slot)))) {
            problems.append(
                problem(
                    .duplicateName, Int(entry.slot), name,
                    "stands in slot \(earlier.slot) already"))
        } else if entry.isOwnHash, entry.collision == earlier.collision {
            problems.append(
                problem(
                    .duplicateCollision, Int(entry.slot), name,
                    "has the mze_cd of slot \(earlier.slot), which has the same hash"))
        }
    }

    private func problem(
        _ kind: ZAPProblem.Kind, _ slot: Int, _ name: RawSpan, _ what: String
    ) -> ZAPProblem {
        let text = String(decoding: name.array, as: UTF8.self)
        return ZAPProblem(
            kind, block: 0, chunk: slot, at: slot * Layout.slotSize, "the name \(text) \(what)",
            name: text)
    }

    /// Where the name in a slot stands, up to its NUL or the end of its room.
    private static func nameRange(_ block: RawSpan, _ slot: Int) -> Range<Int> {
        let start = slot * Layout.slotSize + Layout.Slot.name.range.lowerBound
        let limit = (slot + 1) * Layout.slotSize
        var end = start
        while end < limit, byte(block, end) != 0 { end += 1 }
        return start..<end
    }

    private static func byte(_ block: RawSpan, _ place: Int) -> UInt8 {
        do {
            return try block.integer(at: place, .little)
        } catch {
            return 0
        }
    }

    /// FNV-1a, where the ZAP's own hash would take Unicode's tables.
    private func plainHash(_ name: RawSpan) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in 0..<name.byteCount {
            hash = (hash ^ UInt64(Self.byte(name, index))) &* 0x100_0000_01b3
        }
        return hash
    }
}

import Bytes
import Datasets
import Devices
import Objects

/// Plays one metaslab's map back and holds it against what is claimed of its space.
///
/// One worker's tool, used for one metaslab after another so that sorting reuses its memory.
struct MetaslabCheck {
    let pool: Pool
    let claims: SpaceClaims
    let changes: LoggedChanges
    private(set) var problems = ProblemList()
    private var sortScratch: [UInt64] = []

    init(pool: Pool, claims: SpaceClaims, changes: LoggedChanges) {
        self.pool = pool
        self.claims = claims
        self.changes = changes
    }

    /// Plays the map and the logs of a metaslab back; nil, with the problem, where the map can't be read in full.
    mutating func replay(_ book: MetaslabBook, shard: Int) -> UnitBitmap? {
        var replay = MetaslabReplay(
            geometry: book.geometry, metaslab: book.index, bounds: book.bounds)
        var isWhole = true
        var header: SpaceMapHeader?
        if book.mapObject != 0 {
            do throws(PoolError) {
                let map = try pool.meta.spaceMap(book.mapObject)
                header = map.header
                isWhole = hasPossibleLength(map, book) && play(map, book, &replay)
            } catch {
                report(.spacemapUnreadable, book, Record(["cause": .text("\(error)")]))
                isWhole = false
            }
        }
        guard isWhole else {
            // What an entry finds where others are missing says nothing of it.
            for problem in replay.problems.all
            where ![.spacemapDoubleFree, .spacemapDoubleAllocation].contains(problem.kind) {
                problems.add(problem)
            }
            return nil
        }
        let stored = replay.balance
        for change in changes.changes(ofShard: shard, since: book.unflushedTxg) {
            let log = changes.logs[Int(change.log)]
            replay.apply(
                change.entry,
                from: MetaslabReplay.Source(
                    object: log.object, start: 0, shift: LogSpaceMap.shift, lastTxg: pool.txg))
        }
        if let header { check(header, stored, replay, book) }
        problems.add(replay.problems)
        return replay.allocated
    }

    /// Past the true end of a map its block holds zeros, each of which would pass for an entry.
    private mutating func hasPossibleLength(_ map: SpaceMap, _ book: MetaslabBook) -> Bool {
        guard map.header.length > map.object.byteCount else { return true }
        report(
            .spacemapLength, book,
            Record([
                "found": .bytes(map.header.length), "object_size": .bytes(map.object.byteCount),
            ]))
        return false
    }

    /// Returns whether all of the map could be read.
    private mutating func play(
        _ map: SpaceMap, _ book: MetaslabBook, _ replay: inout MetaslabReplay
    ) -> Bool {
        let source = MetaslabReplay.Source(
            object: book.mapObject, start: book.bounds.lowerBound, shift: book.geometry.ashift,
            lastTxg: pool.txg)
        let found = map.forEachBlock { entries in
            for entry in entries { replay.apply(entry, from: source) }
        }
        var isWhole = true
        for problem in found {
            let kind: ProblemKind =
                switch problem.kind {
                case .length: .spacemapLength
                case .torn: .spacemapBadEntry
                case .unreadable, .hole: .spacemapUnreadable
                }
            isWhole = isWhole && kind != .spacemapUnreadable
            report(
                kind, book,
                Record([
                    "entry_offset": .offset(problem.position), "cause": .text(problem.what),
                ]))
        }
        return isWhole
    }

    /// The totals that the map keeps of itself.
    private mutating func check(
        _ header: SpaceMapHeader, _ stored: Int64, _ replay: MetaslabReplay, _ book: MetaslabBook
    ) {
        if header.allocated != stored {
            report(
                .spacemapAllocated, book,
                Record(["expected": .signed(stored), "found": .signed(header.allocated)]))
        }
        guard let histogram = header.histogram else { return }
        let size = book.bounds.upperBound - book.bounds.lowerBound
        let used =
            UInt64(truncatingIfNeeded: replay.allocated.setCount) << UInt64(book.geometry.ashift)
        let bound = HistogramBound(shift: book.geometry.ashift, free: size - min(size, used))
        guard let flaw = bound.flaw(in: histogram) else { return }
        report(
            .spacemapHistogram, book,
            Record(["histogram_free": .bytes(flaw), "free": .bytes(bound.free)]))
    }

    /// Holds what the map has in use against what is claimed.
    mutating func compare(
        _ allocated: UnitBitmap?, _ book: MetaslabBook, shard: Int, _ outcome: inout MetaslabOutcome
    ) throws(DeviceError) -> (difference: MetaslabDifference?, claimed: ClaimedRuns) {
        let runs = try claims.takeRuns(ofShard: shard, sortScratch: &sortScratch)
        let unit = UInt64(book.geometry.ashift)
        outcome.allocatedByCensus = UInt64(truncatingIfNeeded: runs.unitCount) << unit
        outcome.claimedTwice = runs.overlapCount
        for overlap in runs.overlaps {
            problems.add(Problem(.blockClaimedTwice, at: book.location(of: overlap)))
        }
        guard let allocated else { return (nil, runs) }
        outcome.allocatedByMap = UInt64(truncatingIfNeeded: allocated.setCount) << unit
        let difference = MetaslabDifference(allocated: allocated, claimed: runs)
        outcome.leaked = UInt64(truncatingIfNeeded: difference.leakedUnits) << unit
        outcome.unprotected = UInt64(truncatingIfNeeded: difference.unprotectedUnits) << unit
        for run in difference.unprotected {
            problems.add(Problem(.spacemapUnprotected, at: book.location(of: run)))
        }
        return (difference, runs)
    }

    private mutating func report(_ kind: ProblemKind, _ book: MetaslabBook, _ evidence: Record) {
        problems.add(Problem(kind, at: book.location, evidence: evidence))
    }
}

extension MetaslabBook {
    /// Where a run of its allocation units is.
    func location(of run: Range<Int>) -> Location {
        var location = location
        let bytes = geometry.bytes(run, ofMetaslab: index)
        location.offset = bytes.lowerBound
        location.size = bytes.upperBound - bytes.lowerBound
        return location
    }
}

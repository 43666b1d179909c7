package import Bytes
package import Objects

/// The space maps of one metaslab played back, entry by entry, with everything that does not fit.
///
/// The maps are a log: each entry must find the space in the state that the one before it left. Where it
/// does not, the kernel panics when it loads the metaslab; here it becomes a problem with the entry's place
/// and the replay goes on, so that the last word on each unit counts. Mirrors `space_map_load` and
/// `space_map_load_callback` (`module/zfs/space_map.c`).
package struct MetaslabReplay: Sendable {
    package let geometry: VdevGeometry
    package let metaslab: Int
    /// What is allocated after the entries so far.
    package private(set) var allocated: UnitBitmap
    /// A hostile map can break every entry; a report needs no more than a thousand.
    package private(set) var problems = ProblemList(limit: 1000)
    /// Bytes allocated less bytes freed by the entries so far, as `smp_alloc` counts them.
    package private(set) var balance: Int64 = 0
    private var newestTxg: UInt64 = 0
    /// Whether an entry of a group to come was reported.
    private var metFuture = false
    /// The space that the metaslab may hand out, in bytes; on a dRAID less than its share of the vdev.
    private let bounds: Range<UInt64>

    package init(geometry: VdevGeometry, metaslab: Int, bounds: Range<UInt64>) {
        self.geometry = geometry
        self.metaslab = metaslab
        self.bounds = bounds
        allocated = UnitBitmap(count: geometry.unitsPerMetaslab)
    }

    /// Which map an entry comes from.
    package struct Source: Sendable {
        /// The map's object in the MOS.
        package let object: UInt64
        /// Where the map's offsets begin, in bytes from the start of the vdev's allocatable space.
        package let start: UInt64
        /// log2 of the map's unit in bytes.
        package let shift: UInt8
        /// The newest group that an entry can be of.
        package let lastTxg: TransactionGroup

        package init(object: UInt64, start: UInt64, shift: UInt8, lastTxg: TransactionGroup) {
            self.object = object
            self.start = start
            self.shift = shift
            self.lastTxg = lastTxg
        }
    }

    /// Plays one entry back.
    package mutating func apply(_ entry: SpaceMapEntry, from source: Source) {
        checkTxg(entry, source)
        if let vdev = entry.vdev, vdev != geometry.vdev, vdev != Self.noVdev {
            report(
                .spacemapForeignVdev, entry, source,
                size: entry.range(start: source.start, shift: source.shift),
                Record(["entry_vdev": .number(UInt64(vdev))]))
            return
        }
        guard let range = entry.range(start: source.start, shift: source.shift) else {
            report(.spacemapOutOfBounds, entry, source, size: nil)
            return
        }
        let unit = UInt64(geometry.ashift)
        let isWhole = (range.lowerBound | range.upperBound) & ((1 << unit) - 1) == 0
        guard range.lowerBound >= bounds.lowerBound, range.upperBound <= bounds.upperBound, isWhole
        else {
            report(
                .spacemapOutOfBounds, entry, source, size: range,
                Record([
                    "metaslab_start": .offset(bounds.lowerBound),
                    "metaslab_end": .offset(bounds.upperBound),
                ]))
            let inside = range.clamped(to: bounds)
            if isWhole, !inside.isEmpty { change(inside, entry, source, reporting: false) }
            return
        }
        change(range, entry, source, reporting: true)
    }

    /// What `SM_NO_VDEVID` (2^24, `include/sys/space_map.h`) leaves in a field of 24 bits: the entry says nothing about
    /// its vdev.
    private static let noVdev: UInt32 = 0

    private mutating func change(
        _ range: Range<UInt64>, _ entry: SpaceMapEntry, _ source: Source, reporting: Bool
    ) {
        let unit = UInt64(geometry.ashift)
        let units = geometry.units(range, ofMetaslab: metaslab)
        let size = Int64(truncatingIfNeeded: range.upperBound - range.lowerBound)
        switch entry.kind {
        case .allocation:
            let already = allocated.insert(units)
            balance &+= size
            guard already > 0, reporting else { return }
            report(
                .spacemapDoubleAllocation, entry, source, size: range,
                Record(["already_allocated": .bytes(UInt64(already) << unit)]))
        case .free:
            let missing = allocated.remove(units)
            balance &-= size
            guard missing > 0, reporting else { return }
            report(
                .spacemapDoubleFree, entry, source, size: range,
                Record(["already_free": .bytes(UInt64(missing) << unit)]))
        }
    }

    /// The groups of a map's entries never go back, and none is newer than the pool.
    private mutating func checkTxg(_ entry: SpaceMapEntry, _ source: Source) {
        guard entry.txg != 0 else { return }
        if entry.txg < newestTxg {
            report(
                .spacemapTxg, entry, source, size: nil,
                Record(["previous_txg": .txg(TransactionGroup(newestTxg))]))
            return
        }
        if entry.txg > source.lastTxg.rawValue {
            if !metFuture {
                report(
                    .spacemapTxg, entry, source, size: nil,
                    Record(["newest_txg": .txg(source.lastTxg)]))
            }
            // It must not make all entries that follow look old.
            metFuture = true
            return
        }
        newestTxg = entry.txg
    }

    private mutating func report(
        _ kind: ProblemKind, _ entry: SpaceMapEntry, _ source: Source, size range: Range<UInt64>?,
        _ evidence: Record = Record()
    ) {
        var location = Location()
        location.vdev = UInt64(geometry.vdev)
        location.metaslab = UInt64(truncatingIfNeeded: metaslab)
        location.object = source.object
        if let range {
            location.offset = range.lowerBound
            location.size = range.upperBound - range.lowerBound
        }
        if entry.txg != 0 { location.txg = TransactionGroup(entry.txg) }
        var facts = Record([
            "entry_offset": .offset(entry.position),
            "entry": entry.kind == .allocation ? "alloc" : "free",
            "sync_pass": .number(UInt64(entry.syncPass)),
        ])
        for item in evidence.entries { facts.add(item.name, item.value) }
        problems.add(Problem(kind, at: location, evidence: facts))
    }
}

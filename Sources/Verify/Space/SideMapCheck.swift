import Bytes
import Datasets
import Objects
import Vdevs

/// Checks the space maps that belong to no metaslab: of checkpoints, of obsolete space, and devices' lists of missed
/// transaction groups (DTL).
struct SideMapCheck {
    private let pool: Pool
    private let vdevs: [UInt32: VdevGeometry]
    /// What the space of one map may take.
    private let memory: MemoryShare
    private(set) var problems = ProblemList()
    private(set) var unchecked: [Unchecked] = []

    init(_ pool: Pool, _ books: SpaceBookCheck, _ memory: MemoryShare) {
        self.pool = pool
        self.memory = memory
        vdevs = Dictionary(
            books.vdevs.map { ($0.vdev, $0) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func run() {
        for (index, top) in pool.rootConfig.children.enumerated() {
            guard let vdev = UInt32(exactly: top.id ?? UInt64(index)) else { continue }
            checkCheckpoint(of: top, vdev)
            checkObsolete(of: top, vdev)
            checkMissed(below: top, vdev, depth: 0)
        }
    }

    /// The map lists what was freed since the checkpoint: frees only, within the vdev, each once.
    private mutating func checkCheckpoint(of top: VdevConfig, _ vdev: UInt32) {
        guard let geometry = vdevs[vdev] else { return }
        open(.checkpointMap, vdev) { pool throws(PoolError) in try pool.checkpointMap(of: top) }
            .map { map in
                let end = geometry.start(ofMetaslab: geometry.metaslabCount)
                play(map, .checkpointMap, vdev, shift: geometry.ashift, bounds: 0..<end) { entry in
                    entry.kind == .free ? nil : "allocates, but a checkpoint's map only frees"
                }
            }
    }

    /// The map lists, in bytes, what of a removed vdev nothing refers to any more: allocations only, within the mapping.
    private mutating func checkObsolete(of top: VdevConfig, _ vdev: UInt32) {
        guard let number = VdevZAP(top.topZAP, pool.meta, "vdev \(vdev)").obsoleteMap, number != 0
        else { return }
        let mapping = pool.vdevs.mapping(of: vdev)
        open(.obsoleteMap, vdev) { pool throws(PoolError) in try pool.meta.spaceMap(number) }
            .map { map in
                let last = mapping?.entries.last
                let end = last.map { $0.source.addingReportingOverflow($0.byteCount).partialValue }
                play(map, .obsoleteMap, vdev, shift: 0, bounds: 0..<(end ?? .max)) { entry in
                    entry.kind == .allocation ? nil : "frees, but an obsolete map only adds"
                }
            }
    }

    /// Missed groups lie between the first and the pool's newest.
    private mutating func checkMissed(below config: VdevConfig, _ vdev: UInt32, depth: Int) {
        guard depth < 8 else { return }
        for child in config.children { checkMissed(below: child, vdev, depth: depth + 1) }
        guard let number = config.dtl, number != 0 else { return }
        open(.dirtyTimeLog, vdev) { pool throws(PoolError) in try pool.meta.spaceMap(number) }
            .map { map in
                // A device that is away misses groups up to the one that is being written.
                let end = pool.txg.rawValue.addingReportingOverflow(64)
                play(
                    map, .dirtyTimeLog, vdev, shift: 0,
                    bounds: 0..<(end.overflow ? .max : end.partialValue)
                ) { _ in nil }
            }
    }

    private mutating func open(
        _ kind: ProblemKind, _ vdev: UInt32,
        _ body: (Pool) throws(PoolError) -> SpaceMap?
    ) -> SpaceMap? {
        do {
            return try body(pool)
        } catch {
            report(kind, vdev, object: nil, "\(error)")
            unchecked.append(Unchecked("a space map of vdev \(vdev)", "\(error)"))
            return nil
        }
    }

    private mutating func play(
        _ map: SpaceMap, _ kind: ProblemKind, _ vdev: UInt32, shift: UInt8,
        bounds: Range<UInt64>, flaw: (SpaceMapEntry) -> String?
    ) {
        var own = ProblemList(limit: 100)
        var held = HeldRanges(memory)
        var balance = SpaceMapBalance(shift: shift)
        let found = map.forEachEntry { entry in
            balance.add(entry)
            guard let range = entry.range(start: 0, shift: shift),
                range.upperBound <= bounds.upperBound
            else {
                own.add(problem(kind, vdev, map, entry, "lies outside"))
                return
            }
            if let flaw = flaw(entry) {
                own.add(problem(kind, vdev, map, entry, flaw))
            } else if kind != .dirtyTimeLog, held.insert(range) != nil {
                own.add(problem(kind, vdev, map, entry, "names space that is in the map already"))
            }
        }
        if !held.isWhole {
            unchecked.append(
                Unchecked(
                    "which space is twice in a space map of vdev \(vdev) (object "
                        + "\(map.object.number))",
                    "its entries take more than the memory that there is for them; a larger "
                        + "`--memory` may be enough"))
        }
        held.end()
        problems.add(own)
        for problem in found { report(kind, vdev, object: map.object.number, problem.what) }
        if found.isEmpty, let flaw = balance.flaw(in: map.header) {
            report(kind, vdev, object: map.object.number, flaw)
        }
    }

    private func problem(
        _ kind: ProblemKind, _ vdev: UInt32, _ map: SpaceMap, _ entry: SpaceMapEntry,
        _ cause: String
    ) -> Problem {
        var location = Location()
        location.vdev = UInt64(vdev)
        location.object = map.object.number
        return Problem(
            kind, at: location,
            evidence: Record([
                "entry_offset": .offset(entry.position),
                "cause": .text("the entry at byte \(entry.position) \(cause)"),
            ]))
    }

    private mutating func report(
        _ kind: ProblemKind, _ vdev: UInt32, object: UInt64?, _ cause: String
    ) {
        var location = Location()
        location.vdev = UInt64(vdev)
        location.object = object
        problems.add(Problem(kind, at: location, evidence: Record(["cause": .text(cause)])))
    }
}

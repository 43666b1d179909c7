import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// What is obsolete of a removed vdev's mapping, which is to be noted anew from what the block tree still needs of it.
///
/// Whichever of the two notes is sound stays, the counts or the space map, and the other makes up for what it lacks; so
/// the sum for each entry is what nothing refers to, as `vdev_indirect_mapping_load_obsolete_counts` and
/// `vdev_indirect_mapping_load_obsolete_spacemap` (`module/zfs/vdev_indirect_mapping.c`) add it up. Where not everything could
/// be seen, less is noted and never more: that takes some memory and harms nobody.
struct ObsoleteRebuild: Sendable {
    let problems: [Problem]
    private let books: ObsoleteBooks

    init(_ problems: [Problem], _ books: ObsoleteBooks) {
        self.problems = problems
        self.books = books
    }

    /// The kinds of problem that it cures.
    static let kinds: Set<ProblemKind> = [.obsoleteMap, .indirectCounts, .obsoleteSpace]

    /// One for each removed vdev whose notes problems are about.
    static func all(_ problems: [Problem], _ pool: Pool, _ context: CheckContext?) -> [Self] {
        guard let context else { return [] }
        let own = Dictionary(grouping: problems.filter { kinds.contains($0.kind) }) {
            $0.location.vdev ?? .max
        }
        // Whoever gives up a condensing that can't go on notes anew what is obsolete as well.
        let stuck = Set(
            problems.filter { $0.kind == .condensingState }.compactMap(\.location.vdev))
        return pool.rootConfig.children.compactMap { config in
            guard let vdev = config.id, let problems = own[vdev], !stuck.contains(vdev),
                let books = ObsoleteBooks(config, context)
            else { return nil }
            return Self(problems, books)
        }
    }

    /// Whether a condensing is given up on the way.
    var endsCondensing: Bool { books.isCondensing }

    func action(of cure: String) -> RepairAction {
        let bytes = books.entries.indices.reduce(UInt64(0)) { $0 &+ books.obsolete(ofEntry: $1) }
        return RepairAction(
            cure: cure, repair: .rebuild,
            what:
                "Note anew what is obsolete of removed vdev \(books.config.id ?? 0): \(bytes) bytes in "
                + books.entries.count.counted("piece"),
            codes: Set(problems.map(\.kind.code)).sorted())
    }

    func apply(to transaction: inout Transaction) throws(RepairError) {
        if books.isCondensing {
            // The new mapping has counts of its own; it is begun again when there is enough to leave out.
            try CondensingCancel.drop(from: &transaction)
        }
        let keepsMap = books.hasSoundMap
        let noted = keepsMap ? books.map?.bytes : nil
        var rest = books.entries.indices.map { place in
            let obsolete = books.obsolete(ofEntry: place)
            return obsolete - min(obsolete, noted?[place] ?? 0)
        }
        if let object = books.countsObject {
            let counts = rest.enumerated().map { place, bytes in
                // What the map can't keep stays counted where it can be right.
                UInt32(clamping: keepsMap ? bytes : min(bytes, UInt64(books.counts?[place] ?? 0)))
            }
            if counts != books.counts { try write(counts, to: object, in: &transaction.meta) }
            for (place, count) in counts.enumerated() { rest[place] -= UInt64(count) }
        }
        guard !keepsMap || rest.contains(where: { $0 > 0 }) else { return }
        try writeMap(rest, keeping: keepsMap, in: &transaction)
    }

    private func write(
        _ counts: [UInt32], to object: UInt64, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        try meta.edit(object) { draft throws(RepairError) in
            let (size, order) = (try draft.blockSize, draft.order)
            guard size >= 4 else { throw .changed("object \(object) has no blocks") }
            let blocks = stride(from: 0, to: counts.count, by: size / 4).map { start in
                let part = counts[start..<min(counts.count, start + size / 4)]
                let bytes = part.flatMap { count in
                    (UInt32(0)..<4).map { byte in
                        let shift = order == .little ? byte * 8 : 24 - byte * 8
                        return UInt8(truncatingIfNeeded: count >> shift)
                    }
                }
                return bytes + [UInt8](repeating: 0, count: size - bytes.count)
            }
            // Blocks that are written anew keep no order of their own.
            try draft.clearBlocks()
            try draft.replaceBlocks(blocks)
        }
    }

    /// Notes so much of each entry in the space map, as runs that nothing refers to.
    private func writeMap(
        _ bytes: [UInt64], keeping keepsMap: Bool, in transaction: inout Transaction
    ) throws(RepairError) {
        let pool = transaction.pool
        let number = try map(in: &transaction.meta, pool)
        let size = try transaction.meta.object(number).blockSize
        var encoder = SpaceMapEncoder(
            blockSize: size, allowsTwoWords: pool.features.isActive("spacemap_v2"))
        encoder.appendDebug(.allocation, txg: transaction.txg.rawValue, syncPass: 1)
        var total: UInt64 = 0
        for run in books.freeRuns(bytes) {
            total &+= run.upperBound - run.lowerBound
            try RepairError.format(of: number) { () throws(FormatError) in
                try encoder.append(
                    .allocation, offset: run.lowerBound, run: run.upperBound - run.lowerBound)
            }
        }
        let (entries, allocated) = (encoder, Int64(clamping: total))
        try transaction.meta.edit(number) { object throws(RepairError) in
            try object.clearBlocks()
            try object.replaceSpaceMap(entries, allocated: allocated)
        }
    }

    /// The map that the vdev's ZAP names, or a new one where that is none.
    private func map(
        in meta: inout ObjectSetDraft, _ pool: Pool
    ) throws(RepairError) -> UInt64 {
        if let number = books.map?.object, (try? pool.meta.spaceMap(number)) != nil {
            return number
        }
        guard let own = books.config.topZAP, own != 0 else {
            throw .unsupported("vdev \(books.config.id ?? 0) has no ZAP that could name the map")
        }
        let new = try NewSpaceMap.add(to: &meta, blockSize: 1 << 17, pool)
        try meta.edit(own) { zap throws(RepairError) in
            try zap.setWord(VdevZAP.Name.obsoleteMap, new)
        }
        if books.map == nil {
            try meta.countFeature(RemovedVdevObjects.countsFeature, by: 1, of: pool)
        }
        return new
    }
}

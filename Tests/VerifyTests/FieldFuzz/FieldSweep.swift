import Bytes
import Datasets
import Devices
import Files
import Foundation
import TestSupport
import Verify

/// Damages one pool field by field, judges what is said of it each time, and puts it back.
final class FieldSweep {
    private let pool: EditedPool
    private let journal: EditJournal
    /// What is said of the healthy pool.
    private var baselines: [SweepLook: Set<String>] = [:]
    /// No look may take longer: ten seconds, or where the healthy pool takes long itself in a debug build, a few times that.
    private var timeLimit = Duration.seconds(10)
    /// What random bytes depend on, beside the field.
    private let seed: UInt64

    init(_ name: String, seed: UInt64) throws {
        self.seed = seed
        journal = EditJournal()
        pool = try EditedPool(name, journal: journal)
    }

    /// Damages a field, and looks at the pool: first where it should show, then, where nothing is said and no exception
    /// allows that, at everything.
    ///
    /// `isThorough` looks at everything at once. What takes too long is tried twice.
    func judge(_ mutation: FieldMutation, isThorough: Bool = false) throws -> FieldVerdict {
        let isListed = FieldException.all.contains { $0.covers(mutation) }
        let first = isThorough ? SweepLook.everything : SweepLook(mutation.spot)
        let looks = isListed || isThorough ? [first] : [first, .everything]
        guard let found = try run(mutation, looks) ?? run(mutation, looks) else { return .slow }
        return found == .missed && isListed ? .excepted : found
    }

    /// Damages a field, looks at the pool until one of the looks finds it, and puts the field back; nil where a look takes too
    /// long.
    private func run(_ mutation: FieldMutation, _ looks: [SweepLook]) throws -> FieldVerdict? {
        for look in looks { _ = try baseline(look) }
        let editor = pool.editor
        defer { pool.editor = editor }
        var isChanged = true
        do {
            try edit(mutation.spot.place) { isChanged = mutation.apply(to: &$0, seed: seed) }
        } catch {
            isChanged = false
        }
        guard isChanged else {
            try journal.revert()
            return .notMade
        }
        defer { try? journal.revert() }
        for look in looks {
            let watch = SweepWatch()
            let found = try? Self.findings(pool, look)
            guard watch.time < timeLimit else { return nil }
            guard let found, found.isSubset(of: try baseline(look)) else { return .found }
        }
        return .missed
    }

    private func baseline(_ look: SweepLook) throws -> Set<String> {
        if let known = baselines[look] { return known }
        let watch = SweepWatch()
        let found = try Self.findings(pool, look)
        timeLimit = max(timeLimit, watch.time * 4)
        baselines[look] = found
        return found
    }

    private func edit(
        _ place: FieldSpot.Place, _ change: (inout [UInt8]) -> Void
    ) throws {
        switch place {
        case .block(let place): try pool.editor.edit(place, change)
        case .dnode(let set, let object): try pool.editor.editDnode(object, in: set, change)
        case .bonus(let set, let object): try pool.editor.editBonus(of: object, in: set, change)
        case .value(let zap, let block, let chunk):
            try pool.editor.editValue(inChunk: chunk, ofBlock: block, of: zap, change)
        case .log(let dataset, let index, let isSealed):
            let block = try pool.logBlocks(of: dataset)[index]
            try pool.editLogBlock(block, isSealed: isSealed, change)
        case .gangHeader(let place, let isSealed):
            try pool.editor.editGangHeader(of: place, isSealed: isSealed, change)
        case .stored(let place): try pool.editor.editStored(place, change)
        case .uberblock: try pool.editor.editUberblock { bytes, _ in change(&bytes) }
        case .bootEnvironment: try pool.editor.editBootEnvironment(change)
        }
    }

    /// Everything that `verify` says, problems and what it could not look at.
    private static func findings(_ pool: EditedPool, _ look: SweepLook) throws -> Set<String> {
        let open = try pool.open()
        let result = try Verifier(
            PoolContents(open),
            VerifyOptions(threadCount: 1, depth: look.depth, selection: look.selection),
            meter: ProgressMeter(), interruption: Interruption()
        ).run()
        return Set(result.problems.map { "\(Found($0))" })
            .union(result.unchecked.map { "\($0.what): \($0.why)" })
            .union(open.notes.all.map { "\($0.place): \($0.cause)" })
    }
}

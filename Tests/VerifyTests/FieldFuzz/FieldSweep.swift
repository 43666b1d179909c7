import Bytes
import Datasets
import Devices
import Files
import Foundation
import TestSupport
import Verify

/// Damages one pool field by field, checks it each time, and puts it back.
final class FieldSweep {
    /// What came of a mutation.
    enum Outcome: Equatable {
        /// Something is said that is not said of the healthy pool, or the pool is refused.
        case found
        case notFound
        /// The damage can't be made: it does not fit into the space of the block.
        case notMade(String)
    }

    let name: String
    private let pool: EditedPool
    private let journal: EditJournal
    /// What is said of the healthy pool.
    private var baselines: [SweepLook: Set<String>] = [:]
    /// No look may take longer: ten seconds, or where the healthy pool takes long itself in a debug build, a few times that.
    private(set) var timeLimit = Duration.seconds(10)
    let spots: [FieldSpot]

    init(_ name: String) throws {
        self.name = name
        journal = EditJournal()
        pool = try EditedPool(name, journal: journal)
        spots = try FieldSpots(try pool.open()).all
    }

    private func baseline(_ look: SweepLook) throws -> Set<String> {
        if let known = baselines[look] { return known }
        let start = ContinuousClock.now
        let found = try Self.findings(pool, look)
        timeLimit = max(timeLimit, (ContinuousClock.now - start) * 4)
        baselines[look] = found
        return found
    }

    /// All that can be done to this pool.
    var mutations: [FieldMutation] {
        spots.flatMap { spot in
            spot.fields.flatMap { field in
                Fuzz.allCases.map { FieldMutation(spot: spot, field: field, verb: $0) }
            }
        }
    }

    /// Damages a field, looks at the pool, and puts the field back.
    ///
    /// `looks` are taken in turn until one finds it.
    func run(
        _ mutation: FieldMutation, _ looks: [SweepLook] = [.everything]
    ) throws -> (outcome: Outcome, time: Duration) {
        for look in looks { _ = try baseline(look) }
        let editor = pool.editor
        defer { pool.editor = editor }
        var isChanged = true
        do {
            try edit(mutation.spot.place) { isChanged = mutation.apply(to: &$0) }
        } catch {
            try journal.revert()
            return (.notMade("\(error)"), .zero)
        }
        guard isChanged else {
            try journal.revert()
            return (.notMade("nothing changes"), .zero)
        }
        defer { try? journal.revert() }
        var longest = Duration.zero
        for look in looks {
            let start = ContinuousClock.now
            let found = try? Self.findings(pool, look)
            longest = max(longest, ContinuousClock.now - start)
            guard let found, found.isSubset(of: try baseline(look)) else {
                return (.found, longest)
            }
        }
        return (.notFound, longest)
    }

    private func edit(
        _ place: FieldSpot.Place, _ change: (inout [UInt8]) -> Void
    ) throws {
        switch place {
        case .block(let place): try pool.editor.edit(place, change)
        case .dnode(let set, let object): try pool.editor.editDnode(object, in: set, change)
        case .bonus(let set, let object): try pool.editor.editBonus(of: object, in: set, change)
        case .uberblock: try pool.editor.editUberblock { bytes, _ in change(&bytes) }
        }
    }

    /// Everything that `verify` says, problems and what it could not look at.
    private static func findings(_ pool: EditedPool, _ look: SweepLook) throws -> Set<String> {
        let open = try pool.open()
        let result = try Verifier(
            PoolContents(open), VerifyOptions(threadCount: 1, selection: look.selection),
            meter: ProgressMeter(), interruption: Interruption()
        ).run()
        return Set(result.problems.map { "\(Found($0))" })
            .union(result.unchecked.map { "\($0.what): \($0.why)" })
            .union(open.notes.all.map { "\($0.place): \($0.cause)" })
    }
}

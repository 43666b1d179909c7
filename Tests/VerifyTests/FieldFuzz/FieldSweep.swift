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
    private let baseline: Set<String>
    let spots: [FieldSpot]

    init(_ name: String) throws {
        self.name = name
        journal = EditJournal()
        pool = try EditedPool(name, journal: journal)
        spots = try FieldSpots(try pool.open()).all
        baseline = try Self.findings(pool)
    }

    /// All that can be done to this pool.
    var mutations: [FieldMutation] {
        spots.flatMap { spot in
            spot.fields.flatMap { field in
                Fuzz.allCases.map { FieldMutation(spot: spot, field: field, verb: $0) }
            }
        }
    }

    func run(_ mutation: FieldMutation) throws -> (outcome: Outcome, time: Duration) {
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
        let start = ContinuousClock.now
        let found = try? Self.findings(pool)
        let time = ContinuousClock.now - start
        try journal.revert()
        guard let found else { return (.found, time) }
        return (found.subtracting(baseline).isEmpty ? .notFound : .found, time)
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
    private static func findings(_ pool: EditedPool) throws -> Set<String> {
        let open = try pool.open()
        let result = try Verifier(
            PoolContents(open), VerifyOptions(threadCount: 1), meter: ProgressMeter(),
            interruption: Interruption()
        ).run()
        return Set(result.problems.map { "\(Found($0))" })
            .union(result.unchecked.map { "\($0.what): \($0.why)" })
            .union(open.notes.all.map { "\($0.place): \($0.cause)" })
    }
}

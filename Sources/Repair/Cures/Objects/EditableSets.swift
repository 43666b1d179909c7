import Datasets
import Objects
import Verify

/// Which object sets of a pool can be edited, and what they are called.
struct EditableSets {
    let pool: Pool
    private let tree: DatasetTree?

    init(_ pool: Pool) {
        self.pool = pool
        tree = try? pool.datasets()
    }

    /// The object set to be read and edited: the MOS where `number` is 0; nil for a snapshot, and what can't be written to.
    func set(_ number: UInt64) -> ObjectSet? {
        guard number != 0 else { return pool.meta.set }
        let deflation = Deflation(pool.vdevs, isOn: pool.directory.value(.deflate) != nil)
        return try? DatasetLedger(pool: pool, deflation: deflation).draft(of: number).set
    }

    /// The dataset; nil for the MOS.
    func dataset(_ number: UInt64) -> Dataset? { number == 0 ? nil : tree?.dataset(object: number) }

    /// The snapshots that may share blocks with a dataset.
    func snapshots(of number: UInt64) -> [UInt64] {
        guard let dataset = dataset(number), let node = tree?.node(of: dataset) else { return [] }
        return node.snapshots.map(\.object)
    }

    /// `object 7 of the MOS`.
    func place(_ object: UInt64, in set: UInt64) -> String {
        "object \(object) of \(dataset(set)?.name ?? (set == 0 ? "the MOS" : "object set \(set)"))"
    }

    /// Problems that a cure is named for, by what they are about, in the order of their places.
    static func groups(
        _ problems: [Problem], cure: String
    ) -> [(objectSet: UInt64, object: UInt64, problems: [Problem])] {
        struct Key: Hashable {
            let set: UInt64
            let object: UInt64
        }
        // The count of all objects is about none of them, and stands where the meta dnode does.
        func object(_ problem: Problem) -> UInt64? {
            problem.location.object ?? (problem.kind == .objectCount ? 0 : nil)
        }
        let own = problems.filter { problem in
            problem.kind.cure == cure && problem.location.objectSet != nil
                && object(problem) != nil
        }
        let groups = Dictionary(grouping: own) { problem in
            Key(set: problem.location.objectSet ?? 0, object: object(problem) ?? 0)
        }
        return groups.sorted { ($0.key.set, $0.key.object) < ($1.key.set, $1.key.object) }
            .map { ($0.key.set, $0.key.object, $0.value) }
    }
}

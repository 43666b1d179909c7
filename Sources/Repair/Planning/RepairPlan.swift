package import Bytes
package import Datasets
import Devices
import Vdevs
package import Verify

/// What a repair is going to do, to the last byte: made from what `verify` found, and nothing of it written yet.
///
/// There is no mode in which a repair only pretends: the plan is the dry run, and `--apply` carries out this very plan.
package struct RepairPlan: Sendable {
    package let poolName: String
    package let pool: GUID
    /// The state that it was made for.
    package let txg: TransactionGroup
    package let actions: [RepairAction]
    /// What could be cured but for something that stands in the way, one sentence each.
    package let leftOut: [String]
    /// The problems that will be gone.
    package let cured: [Problem]
    /// What may come to light afterwards.
    package let uncovers: Set<RepairConsequence>
    package let commit: PreparedCommit
    /// What stands in the place of each write now, by stage, as a hash; whoever carries the plan out compares it.
    package let before: [[String]]

    package var classes: Set<RepairClass> { Set(actions.map(\.repair)) }

    /// What a preview of the plan so far found, which the plan is to set right as well.
    package struct Sequel: Sendable {
        let findings: VerifyResult
        /// The pool as the preview had it.
        let pool: Pool

        package init(_ findings: VerifyResult, of pool: Pool) {
            self.findings = findings
            self.pool = pool
        }
    }

    /// Makes the plan of `cures`; nil where none has anything to do.
    ///
    /// `time` is the commit's, in seconds since 1970. One number may follow from another that is wrong as well, so that it
    /// can only be told once that is right: `sequels` are what previews of the plan found, in turn. Edits that are for
    /// `refuted` problems are left out, since a preview has shown that they do not cure them.
    package init?(
        _ findings: VerifyResult, of pool: Pool, cures: [any Cure.Type], time: UInt64,
        sequels: [Sequel] = [], refuted: Set<Problem> = []
    ) throws(RepairError) {
        var wanted = Self.wanted(cures, findings, pool)
        guard !wanted.isEmpty else {
            let locked = LockedDatasets(findings.problems, cures: cures, of: pool)
            guard locked.sentences.isEmpty else {
                throw .unsupported(locked.sentences.joined(separator: "; "))
            }
            return nil
        }
        for sequel in sequels {
            wanted += cures.filter { $0 is any SteppedCure.Type }
                .compactMap { $0.init(sequel.findings, of: sequel.pool) }
        }
        guard let survey = findings.space?.survey else {
            throw .unsupported(
                "what is free could not be found out, since the comparison of space was not made")
        }
        var transaction = try Transaction(
            pool, survey,
            dropping: Set(wanted.flatMap { ($0 as? any RingCure)?.dropped ?? [] }))
        var edits = PlannedEdits(findings, refuted: refuted)
        for cure in wanted { try edits.apply(cure, to: &transaction) }
        let cured = Set(edits.cured)
        edits.leave(
            LockedDatasets(
                findings.problems.filter { !cured.contains($0) }, cures: cures, of: pool))
        guard !edits.actions.isEmpty || !edits.cured.isEmpty else {
            guard edits.leftOut.isEmpty else {
                throw .unsupported(edits.leftOut.joined(separator: "; "))
            }
            return nil
        }
        let commit = try transaction.prepare(time: time)
        try self.init(pool, edits, uncovers: Set(wanted.flatMap(\.uncovers)), commit)
    }

    private init(
        _ pool: Pool, _ edits: PlannedEdits, uncovers: Set<RepairConsequence>,
        _ commit: PreparedCommit
    ) throws(RepairError) {
        poolName = pool.name
        self.pool = pool.guid
        txg = pool.txg
        actions = edits.actions
        leftOut = edits.leftOut
        cured = edits.cured
        self.uncovers = uncovers
        self.commit = commit
        before = try Self.hashes(of: commit, on: pool)
    }

    init(
        poolName: String, pool: GUID, txg: TransactionGroup, actions: [RepairAction],
        cured: [Problem], uncovers: Set<RepairConsequence>, commit: PreparedCommit,
        before: [[String]]
    ) {
        self.poolName = poolName
        self.pool = pool
        self.txg = txg
        self.actions = actions
        leftOut = []
        self.cured = cured
        self.uncovers = uncovers
        self.commit = commit
        self.before = before
    }

    /// Throws unless the pool is, wherever the plan writes and in its newest state, what the plan was made for.
    package func confirm(on pool: Pool) throws(RepairError) {
        guard pool.guid == self.pool else {
            throw .changed(
                "the plan is for the pool with GUID \(self.pool), and this one has \(pool.guid)")
        }
        guard pool.txg == txg, pool.live.movedOn() == nil else {
            throw .changed(
                "the plan was made for txg \(txg) of \(pool.name), and the pool has moved on; plan again"
            )
        }
        guard try Self.hashes(of: commit, on: pool) == before else {
            throw .changed(
                "what stands in the places that the plan writes to has changed since it was made; plan again"
            )
        }
    }

    /// A hash of what stands in the place of each write.
    private static func hashes(
        of commit: PreparedCommit, on pool: Pool
    ) throws(RepairError) -> [[String]] {
        var result: [[String]] = []
        for stage in commit.stages {
            var hashes: [String] = []
            for write in stage {
                guard let device = pool.candidate.devices[write.device] else {
                    throw .changed("the device with GUID \(write.device) is gone")
                }
                let bytes: [UInt8]
                do {
                    bytes = try device.read(
                        at: write.patch.offset, count: write.patch.bytes.count)
                } catch {
                    throw .device(error)
                }
                hashes.append(
                    try RepairError.ownFile { () throws(PoolError) in
                        try PatchFile.hash(of: [bytes])
                    })
            }
            result.append(hashes)
        }
        return result
    }
}

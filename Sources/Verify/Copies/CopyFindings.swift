import Datasets
import Devices
import Synchronization
import Vdevs

/// What all workers of a walk found out about copies, by device.
///
/// A device with a few wrong places has each of them told; one with more is told of once, so that a lost disk is one
/// finding.
package final class CopyFindings: Sendable {
    /// What gives no bytes is told apart from what gives wrong ones, since only the latter can be mended.
    private struct Key: Hashable {
        let leaf: Int
        let isUnreadable: Bool
    }

    private struct State {
        var shares: [Key: CopyShare] = [:]
        var damaged = DamagedCopies()
    }

    private let state = Mutex(State())
    /// The blocks to mend.
    package var damaged: DamagedCopies { state.withLock { $0.damaged } }

    /// Notes what is wrong with one block.
    func add(_ flaws: [CopyFlaw], of pointer: BlockPointer, at place: BlockPlace) {
        var findings: [CopyFinding] = []
        for flaw in flaws {
            let finding = CopyFinding(flaw, place, pointer.birth)
            if let index = findings.firstIndex(where: { $0.covers(finding) }) {
                // Sound: sums of sizes of runs on devices of 2^63 bytes.
                findings[index].byteCount &+= finding.byteCount
            } else {
                findings.append(finding)
            }
        }
        let wrong = flaws.reduce(UInt64(0)) {
            $0 &+ ($1.cause == .differs ? UInt64($1.run.byteCount) : 0)
        }
        state.withLock { state in
            for finding in findings {
                let key = Key(
                    leaf: finding.run.leaf, isUnreadable: finding.kind == .copyUnreadable)
                state.shares[key, default: CopyShare()].add(finding)
            }
            if wrong > 0 { state.damaged.add(pointer, byteCount: wrong) }
        }
    }

    /// Notes what a device lacks because it was away.
    func addBehind(_ leaf: Int, count: UInt64, byteCount: UInt64, vdev: UInt32) {
        state.withLock { state in
            state.shares[Key(leaf: leaf, isUnreadable: false), default: CopyShare()].addBehind(
                count: count, byteCount: byteCount, vdev: vdev)
        }
    }

    /// Everything as findings, with the names of what is affected.
    func problems(_ pool: Pool) -> [Problem] {
        var names = OwnerNames(pool)
        let shares = state.withLock { $0.shares }
        return shares.sorted { $0.key.leaf < $1.key.leaf }.flatMap { key, share in
            let leaf = pool.vdevs.leaves[key.leaf]
            let device = leaf.device?.name ?? leaf.name
            var problems: [Problem] = []
            if share.count > UInt64(CopyShare.mostSingles) {
                problems.append(
                    share.whole(device, key.isUnreadable ? .copyUnreadable : .deviceDamaged))
            } else {
                for finding in share.findings {
                    problems.append(finding.problem(on: device, &names))
                }
            }
            if share.behindCount > 0 { problems.append(share.behind(device)) }
            return problems
        }
    }
}

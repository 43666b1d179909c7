import Blocks
import Bytes
package import Datasets
import Devices
import Vdevs
package import Verify

/// Writes bad copies, sides of mirrors, columns and parity anew where they stand, from contents that the blocks' checksums
/// prove.
///
/// The only cure that writes to space in use, and it can do no harm there: what is overwritten is of no use to anybody, and
/// whatever part of the new bytes arrives, the good copies stay as they are. Devices that are away, out of date or give no
/// bytes are left to a resilver. Mirrors the repair writes of a scrub (`vdev_mirror_io_done`, `vdev_raidz_io_done`).
package struct RedundancyCure: Cure {
    package static let name = "redundancy"
    package static let summary =
        "writes bad copies, mirror sides and parity anew in place from good ones; needs the deep check"

    package let cured: [Problem]
    package let actions: [RepairAction]
    private let blocks: [BlockPointer]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let damaged = findings.damagedCopies
        // More than the list holds is not written in place, and half of it would cure nothing.
        guard damaged.isComplete, !damaged.blocks.isEmpty else { return nil }
        let writable = Set(WritableLeaves(pool).leaves.map(\.device.name))
        let cured = findings.problems.filter { problem in
            problem.kind.cure == Self.name
                && problem.location.device.map(writable.contains) ?? false
        }
        guard !cured.isEmpty else { return nil }
        self.cured = cured
        blocks = damaged.blocks
        let devices = Dictionary(grouping: cured) { $0.location.device ?? "" }
        actions = devices.sorted { $0.key < $1.key }.map { device, problems in
            RepairAction(
                cure: Self.name, repair: .restore,
                what: "Write bad copies and parity on \(device) anew from good ones, in place",
                codes: Set(problems.map(\.kind.code)).sorted())
        }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        let pool = transaction.pool
        let writable = Set(WritableLeaves(pool).leaves.map(\.guid))
        var audit = CopyAudit(pool.reader)
        var writes: [DeviceWrite] = []
        for block in blocks {
            do {
                try audit.audit(block) { flaw, expected in
                    let leaf = pool.vdevs.leaves[flaw.run.leaf]
                    guard flaw.cause == .differs, !flaw.run.isBehind, writable.contains(leaf.guid)
                    else { return }
                    writes.append(
                        DeviceWrite(leaf.guid, at: flaw.run.offset, expected.array))
                }
            } catch {
                throw .changed("a block with a bad copy can no longer be read: \(error)")
            }
        }
        transaction.restoredCopies += writes
    }
}

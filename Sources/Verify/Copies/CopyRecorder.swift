import Blocks
import Bytes
import Vdevs

/// One worker's share of the audit of all copies.
final class CopyRecorder {
    private var audit: CopyAudit
    private let findings: CopyFindings
    /// What devices lack because they were away, by leaf.
    private var behind: [Int: (count: UInt64, byteCount: UInt64, vdev: UInt32)] = [:]

    init(_ reader: BlockReader, _ findings: CopyFindings) {
        audit = CopyAudit(reader)
        self.findings = findings
    }

    /// Looks at all copies of a block that was read and proven.
    func check(
        _ stored: RawSpan, of pointer: BlockPointer, at place: BlockPlace, isFirstProven: Bool
    ) {
        var flaws: [CopyFlaw] = []
        audit.audit(pointer, stored: stored, isFirstProven: isFirstProven) { flaw, _ in
            guard flaw.run.isBehind else { return flaws.append(flaw) }
            let old = behind[flaw.run.leaf] ?? (0, 0, flaw.address.vdev)
            // Sound: counts of runs and sums of their sizes.
            behind[flaw.run.leaf] = (
                old.count &+ 1, old.byteCount &+ UInt64(flaw.run.byteCount), old.vdev
            )
        }
        if !flaws.isEmpty { findings.add(flaws, of: pointer, at: place) }
    }

    func finish() {
        for (leaf, sum) in behind {
            findings.addBehind(
                leaf, count: sum.count, byteCount: sum.byteCount, vdev: sum.vdev)
        }
        behind = [:]
    }
}

package import Blocks
import Bytes
import Devices
package import Vdevs

/// Holds every copy, side, column and parity of blocks against the contents that their checksums prove.
///
/// What should stand on each device follows from the contents alone, so nothing is guessed: bytes that differ are wrong.
/// Devices that are not there, and those that were away when a block was written, are no flaws.
package struct CopyAudit: ~Copyable {
    private let reader: BlockReader
    private var found: [UInt8] = []

    package init(_ reader: BlockReader) { self.reader = reader }

    /// Reads a block and tells of each run that is not as it should be, with the bytes that should stand there.
    ///
    /// Throws where no copy is good, since then nothing is proven.
    package mutating func audit(
        _ pointer: BlockPointer, _ report: (CopyFlaw, RawSpan) -> Void
    ) throws(BlockError) {
        let stored = try reader.readStored(pointer)
        audit(pointer, stored: stored.bytes.rawBytes, isFirstProven: false, report)
    }

    /// The same for a block whose stored bytes were read and proven; `isFirstProven` says that nothing went wrong on the
    /// way, so that what reads take first need not be read again.
    package mutating func audit(
        _ pointer: BlockPointer, stored: RawSpan, isFirstProven: Bool,
        _ report: (CopyFlaw, RawSpan) -> Void
    ) {
        guard !pointer.isEmbedded, !pointer.isHole else { return }
        guard !pointer.isGang else { return auditGang(pointer, report) }
        var isFirst = isFirstProven
        for index in 0..<pointer.copyLimit where pointer.hasCopy(index) {
            compare(
                stored, at: pointer.dva(index), birth: pointer.physicalBirth,
                isFirstProven: isFirst, report)
            isFirst = false
        }
    }

    /// The copies of all headers, and the pieces as the blocks that they are. Whoever read the block has bounded its tree.
    private mutating func auditGang(
        _ pointer: BlockPointer, _ report: (CopyFlaw, RawSpan) -> Void
    ) {
        guard let outcome = try? reader.gangHeader(pointer) else { return }
        let bytes = outcome.bytes
        for index in 0..<pointer.copyLimit
        where pointer.hasCopy(index) && pointer.dva(index).isGang {
            compare(
                bytes.rawBytes, at: pointer.dva(index), birth: pointer.physicalBirth,
                isFirstProven: false, report)
        }
        for member in outcome.header.pointers where !member.isHole {
            guard !member.isGang else {
                auditGang(member, report)
                continue
            }
            guard let stored = try? reader.readStored(member) else { continue }
            let bytes = stored.bytes
            audit(member, stored: bytes.rawBytes, isFirstProven: false, report)
        }
    }

    private mutating func compare(
        _ stored: RawSpan, at address: DVA, birth: TransactionGroup, isFirstProven: Bool,
        _ report: (CopyFlaw, RawSpan) -> Void
    ) {
        let vdevs = reader.vdevs
        // An address that leads nowhere is told of by whoever checks addresses.
        try? vdevs.forEachCopy(of: stored, at: address, birth: birth) { run, expected in
            guard !(isFirstProven && run.isReadFirst),
                let device = vdevs.leaves[run.leaf].device
            else { return }
            if found.count < run.byteCount { found = [UInt8](repeating: 0, count: run.byteCount) }
            do throws(DeviceError) {
                let isSame = try found.withMutableRawBytes { raw throws(DeviceError) in
                    var part = raw._mutatingExtracting(0..<run.byteCount)
                    try device.read(at: run.offset, into: &part)
                    return part.bytes.equals(expected)
                }
                guard !isSame else { return }
                report(CopyFlaw(address: address, run: run, cause: .differs), expected)
            } catch {
                report(CopyFlaw(address: address, run: run, cause: .unreadable(error)), expected)
            }
        }
    }
}

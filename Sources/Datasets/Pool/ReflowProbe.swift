import Blocks
import Bytes
import Devices
import Synchronization
import Vdevs

/// Reads blocks of a RAID-Z that is being expanded without knowing how far that has come, and learns it from where their
/// checksums find them.
///
/// A block whose rows are all found at their new places tells that the expansion has come past it; one that is only found
/// where it was tells that it has not. One that is still whole at both places tells nothing.
final class ReflowProbe: BlockSource {
    private let root: VdevNode
    private let devices: [GUID: any BlockDevice]
    private let plain: BlockReader
    private let state: Mutex<Range<UInt64>>
    /// Of a block with more rows only the first and the last are moved by themselves.
    private static let mostSteps = 64

    /// `size` is that of the vdev, in bytes.
    init(root: VdevNode, devices: [GUID: any BlockDevice], size: UInt64) {
        self.root = root
        self.devices = devices
        plain = BlockReader(
            vdevs: VdevTree(root: root, devices: devices, reflow: Self.reflow(at: 0)))
        state = Mutex(0..<(size == .max ? size : size + 1))
    }

    /// The progress, in bytes, at which all blocks that were read so far are found; empty where they contradict each other.
    var range: Range<UInt64> { state.withLock { $0 } }

    static func reflow(at offset: UInt64) -> RaidzReflow {
        RaidzReflow(offset: offset, state: offset == 0 ? .notInUse : .invalidSyncedReflow)
    }

    func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        guard !pointer.isHole, !pointer.isEmbedded, !pointer.isGang else {
            return try plain.read(pointer)
        }
        var found: ReadOutcome?
        for copy in 0..<pointer.copyLimit where pointer.hasCopy(copy) {
            let outcome = search(for: pointer.alone(at: pointer.dva(copy)))
            found = found ?? outcome
        }
        guard let found else { return try plain.read(pointer) }
        return found
    }

    /// Reads a block of one copy at every place where it can be, and keeps what that tells.
    private func search(for pointer: BlockPointer) -> ReadOutcome? {
        let steps = plain.vdevs.reflowSteps(
            of: pointer.dva(0), count: pointer.physicalSize, birth: pointer.physicalBirth)
        guard !steps.isEmpty else { return try? plain.read(pointer) }
        let known = range
        let bounds = [0] + steps + [UInt64.max]
        var found: ReadOutcome?
        var good: Range<UInt64>?
        for index in 0...steps.count where bounds[index] < bounds[index + 1] {
            let own = bounds[index]..<bounds[index + 1]
            let isMiddle = steps.count > Self.mostSteps && index > 1 && index < steps.count - 1
            guard own.overlaps(known), !isMiddle else { continue }
            let reader = BlockReader(
                vdevs: VdevTree(
                    root: root, devices: devices, reflow: Self.reflow(at: own.lowerBound)))
            guard let outcome = try? reader.read(pointer) else { continue }
            found = found ?? outcome
            good = (good?.lowerBound ?? own.lowerBound)..<own.upperBound
        }
        if let good {
            state.withLock { $0 = $0.clamped(to: good) }
        }
        return found
    }
}

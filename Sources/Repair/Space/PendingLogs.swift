import Bytes
import Vdevs
import Verify

/// Blocks of intent logs that were written after the newest group and that the next import is going to claim.
enum PendingLogs {
    /// The space that blocks take, up to those born in `last`.
    static func ranges(
        _ blocks: [BlockPointer], upTo last: TransactionGroup = TransactionGroup(.max)
    ) -> [SpaceRange] {
        blocks.filter { $0.logicalBirth <= last }.flatMap { pointer in
            (0..<pointer.copyLimit).filter(pointer.hasCopy)
                .compactMap { SpaceRange(BlockAddress(pointer.dva($0))) }
        }
    }
}

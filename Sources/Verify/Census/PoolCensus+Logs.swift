import Blocks
import Bytes
import Codecs
import Datasets
import Devices
import Files
import Objects
import Vdevs

/// The blocks of intent logs.
extension PoolCensus where Visitor: ~Copyable {
    /// Visits the logs of heads; snapshots have none of their own.
    mutating func visitLogs(of heads: [DatasetRoots.Root], _ visitor: inout Visitor) {
        for head in heads {
            guard !interruption.isRequested else { return }
            // An object set that can't be read was reported by the walk.
            guard let set = try? ObjectSet(source: pool.reader, pointer: head.pointer) else {
                continue
            }
            visit(IntentLog(set.header.intentLog, source: pool.reader), of: head.object, &visitor)
            visitor.finishedBlock()
        }
    }

    /// Visits the chain of one log, and what the records of a claimed one lead to.
    ///
    /// The last block of a chain was allocated and never written; it takes space all the same. What was born after the
    /// pool's newest group is in no space map yet. Mirrors `traverse_zil` (`module/zfs/dmu_traverse.c`).
    private mutating func visit(_ log: IntentLog, of objectSet: UInt64, _ visitor: inout Visitor) {
        logBlocks.beginLog()
        do throws(MetLogBlocks.Full) {
            try visitChain(of: log, of: objectSet, &visitor)
        } catch {
            isMissingLogBlocks = true
            leaveUnchecked(
                "the intent log of dataset \(objectSet)",
                "its blocks take more than the memory that there is for them; a larger `--memory` may be enough"
            )
        }
    }

    private mutating func visitChain(
        of log: IntentLog, of objectSet: UInt64, _ visitor: inout Visitor
    ) throws(MetLogBlocks.Full) {
        let end = try log.forEachBlock { block throws(MetLogBlocks.Full) in
            try visit(block.pointer, block.sequence, of: log, of: objectSet, &visitor)
            try visitRecords(of: block, of: log, of: objectSet, &visitor)
        }
        switch end {
        case .claimedUnwritten(let pointer), .notWritten(let pointer, _),
            .damaged(let pointer, _):
            try visit(pointer, pointer.checksum.word3, of: log, of: objectSet, &visitor)
        case .lost(let pointer, let error):
            try visit(pointer, pointer.checksum.word3, of: log, of: objectSet, &visitor)
            visitor.unreadable(
                pointer, at: place(pointer.checksum.word3, of: objectSet),
                ObjectError(object: nil, .block(level: 0, index: 0, error)))
        case .limit:
            isMissingLogBlocks = true
            leaveUnchecked(
                "the intent log of dataset \(objectSet)",
                "it has more than \(IntentLog.blockLimit) blocks")
        case .empty, .claimed: break
        }
    }

    private mutating func visitRecords(
        of block: LogBlock, of log: IntentLog, of objectSet: UInt64, _ visitor: inout Visitor
    ) throws(MetLogBlocks.Full) {
        let claimTxg = log.header.claimTxg
        let isClaimed = claimTxg.rawValue != 0
        for record in block.records {
            switch record.type {
            case .cloneRange where isClaimed:
                // What a claimed clone refers to counts as often as it is named, replayed or not.
                for pointer in record.pointers where !pointer.isHole && !pointer.isEmbedded {
                    _ = visitor.visit(pointer, at: place(block.sequence, of: objectSet))
                }
            case .write:
                for pointer in record.pointers
                where isClaimed
                    ? pointer.logicalBirth >= claimTxg : pointer.logicalBirth > pool.txg
                {
                    try visit(pointer, block.sequence, of: log, of: objectSet, &visitor)
                }
            default: break
            }
        }
    }

    /// Visits a block that the log owns, once.
    private mutating func visit(
        _ pointer: BlockPointer, _ sequence: UInt64, of log: IntentLog, of objectSet: UInt64,
        _ visitor: inout Visitor
    ) throws(MetLogBlocks.Full) {
        guard !pointer.isHole, !pointer.isEmbedded, try logBlocks.insert(pointer) else { return }
        guard log.header.claimTxg.rawValue != 0 || pointer.logicalBirth <= pool.txg else {
            return try logBlocks.addPending(pointer)
        }
        _ = visitor.visit(pointer, at: place(sequence, of: objectSet))
    }

    private func place(_ sequence: UInt64, of objectSet: UInt64) -> BlockPlace {
        BlockPlace(
            objectSet: objectSet, object: 0, level: BlockPlace.intentLogLevel, index: sequence,
            origin: .intentLog)
    }
}

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
        let claimTxg = log.header.claimTxg
        let isClaimed = claimTxg.rawValue != 0
        let newest = pool.txg
        var seen: Set<SharedBlocks.Key> = []
        var pending: [BlockPointer] = []
        defer { pendingLogBlocks += pending }
        func visit(_ pointer: BlockPointer, object: UInt64, level: Int8, index: UInt64) {
            guard !pointer.isHole, !pointer.isEmbedded,
                seen.insert(SharedBlocks.Key(pointer.dva(0))).inserted
            else { return }
            guard isClaimed || pointer.logicalBirth <= newest else {
                pending.append(pointer)
                return
            }
            _ = visitor.visit(
                pointer,
                at: BlockPlace(
                    objectSet: objectSet, object: object, level: level, index: index,
                    origin: .intentLog))
        }
        let end = log.forEachBlock { block in
            visit(
                block.pointer, object: 0, level: BlockPlace.intentLogLevel, index: block.sequence)
            // What a claimed clone refers to counts as often as it is named, replayed or not.
            for record in block.records where record.type == .cloneRange && isClaimed {
                for pointer in record.pointers where !pointer.isHole && !pointer.isEmbedded {
                    _ = visitor.visit(
                        pointer,
                        at: BlockPlace(
                            objectSet: objectSet, object: 0, level: BlockPlace.intentLogLevel,
                            index: block.sequence, origin: .intentLog))
                }
            }
            for record in block.records where record.type == .write {
                for pointer in record.pointers
                where isClaimed ? pointer.logicalBirth >= claimTxg : pointer.logicalBirth > newest {
                    visit(
                        pointer, object: 0, level: BlockPlace.intentLogLevel,
                        index: block.sequence)
                }
            }
        }
        switch end {
        case .claimedUnwritten(let pointer), .notWritten(let pointer, _),
            .damaged(let pointer, _):
            visit(
                pointer, object: 0, level: BlockPlace.intentLogLevel,
                index: pointer.checksum.word3)
        case .lost(let pointer, let error):
            visit(
                pointer, object: 0, level: BlockPlace.intentLogLevel,
                index: pointer.checksum.word3)
            visitor.unreadable(
                pointer,
                at: BlockPlace(
                    objectSet: objectSet, object: 0, level: BlockPlace.intentLogLevel,
                    index: pointer.checksum.word3, origin: .intentLog),
                ObjectError(object: nil, .block(level: 0, index: 0, error)))
        case .limit:
            leaveUnchecked(
                "the intent log of dataset \(objectSet)",
                "it has more than \(IntentLog.blockLimit) blocks")
        case .empty, .claimed: break
        }
    }
}

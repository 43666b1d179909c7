package import Blocks
package import Bytes
import Codecs
package import Objects
package import Vdevs

/// The intent log of one dataset: a chain of blocks with what was made durable since the last commit.
///
/// The chain ends where a block does not match the checksum that its pointer foretells: the next block is
/// always allocated before it is written. So an end is told apart from damage only where the header says
/// that the log was claimed up to a certain block. Mirrors `zil_parse` (`module/zfs/zil.c`).
package struct IntentLog: Sendable {
    /// The most blocks of one chain that are followed, far above what any log holds.
    package static let blockLimit = 1 << 22

    package let header: IntentLogHeader
    private let source: any BlockSource

    package init(_ header: IntentLogHeader, source: any BlockSource) {
        self.header = header
        self.source = source
    }

    /// Whether there is a chain at all.
    package var isEmpty: Bool { header.log.isHole }

    /// Why a walk ended.
    package enum End: Sendable {
        /// There is no log.
        case empty
        /// The last claimed block and record were reached.
        case claimed
        /// The last claimed block was allocated ahead and never written; all claimed records come before it.
        case claimedUnwritten(BlockPointer)
        /// The block was allocated but not written: the usual end of a log that was not claimed.
        case notWritten(BlockPointer, BlockError)
        /// A block that was claimed can't be read.
        case lost(BlockPointer, BlockError)
        /// A block was read but is not a sound part of the chain.
        case damaged(BlockPointer, FormatError)
        /// Reading stopped after as many blocks as are followed at most.
        case limit
    }

    /// Visits the blocks in order and says why there are no more.
    ///
    /// A log that was claimed ends at the claimed sequence numbers, as replay does. What the visitor
    /// throws ends the walk.
    package func forEachBlock<Failure: Error>(
        _ visit: (LogBlock) throws(Failure) -> Void
    ) throws(Failure) -> End {
        guard !isEmpty else { return .empty }
        let limits = Claim(header)
        var pointer = header.log
        var lastRecord: UInt64 = 0
        for _ in 0..<Self.blockLimit {
            guard !pointer.isHole else { return limits.isClaimed ? .claimed : .empty }
            let sequence = pointer.checksum.word3
            guard sequence <= limits.block else { return .claimed }
            // The claim counts the block that was allocated ahead, which nobody may ever have written.
            if limits.isClaimed, sequence == limits.block, lastRecord == limits.record {
                return .claimedUnwritten(pointer)
            }
            let block: LogBlock
            switch read(pointer, limits) {
            case .success(let good): block = good
            case .failure(let failure):
                // Headers of early versions don't tell which record is the last.
                let isLast = limits.isClaimed && sequence == limits.block
                guard isLast, limits.record == .max, case .lost = failure.end else {
                    return failure.end
                }
                return .claimedUnwritten(pointer)
            }
            let within = block.upTo(limits.record)
            try visit(within)
            if let problem = block.problem { return .damaged(pointer, problem) }
            guard within.records.count == block.records.count else { return .claimed }
            lastRecord = block.records.last?.sequence ?? lastRecord
            if sequence == limits.block, lastRecord == limits.record { return .claimed }
            pointer = block.chain.next
        }
        return .limit
    }

    /// The highest block and record that belong to a claimed log.
    private struct Claim {
        let isClaimed: Bool
        let block: UInt64
        let record: UInt64

        init(_ header: IntentLogHeader) {
            isClaimed = header.claimTxg.rawValue != 0
            block = isClaimed ? header.claimBlockSequence : .max
            record =
                isClaimed && header.hasClaimedRecord ? header.claimRecordSequence : .max
        }
    }

    private struct EndError: Error {
        let end: End
    }

    private func read(_ pointer: BlockPointer, _ limits: Claim) -> Result<LogBlock, EndError> {
        var isEncrypted = false
        let outcome: ReadOutcome
        do throws(BlockError) {
            do throws(BlockError) {
                outcome = try source.read(pointer)
            } catch {
                guard case .noKey = error.reason else { throw error }
                isEncrypted = true
                outcome = try source.readStored(pointer)
            }
        } catch {
            return .failure(
                EndError(
                    end: limits.isClaimed ? .lost(pointer, error) : .notWritten(pointer, error)))
        }
        do throws(FormatError) {
            let block = try LogBlock(pointer, outcome.bytes, isEncrypted: isEncrypted)
            guard block.chain.next.follows(pointer) else {
                throw FormatError(
                    "zc_next_blk", .invalid("is not the pointer to the block that must follow"))
            }
            return .success(block)
        } catch {
            return .failure(EndError(end: .damaged(pointer, error)))
        }
    }
}

extension IntentLogHeader {
    /// `ZIL_CLAIM_LR_SEQ_VALID`: the claimed record number is there; logs of early versions lack it.
    package var hasClaimedRecord: Bool { flags & 2 != 0 }
}

extension BlockPointer {
    /// Whether this is the pointer that a log block reached by `previous` must have: the same log, the
    /// next number.
    func follows(_ previous: BlockPointer) -> Bool {
        let (mine, other) = (checksum, previous.checksum)
        return mine.word0 == other.word0 && mine.word1 == other.word1 && mine.word2 == other.word2
            && other.word3 < .max && mine.word3 == other.word3 + 1
    }
}

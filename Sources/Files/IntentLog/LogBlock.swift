package import Bytes
import Codecs
package import Vdevs

/// One block of an intent log with the records in it.
package struct LogBlock: Sendable {
    /// The pointer that led to it.
    package let pointer: BlockPointer
    package let chain: LogChain
    package let records: [LogRecord]
    /// The payload is encrypted and was not decrypted.
    package let isEncrypted: Bool
    /// Why the records after those here can't be found.
    package let problem: FormatError?

    /// The block's number in its log, rising by one from block to block (`ZIL_ZC_SEQ`).
    package var sequence: UInt64 { pointer.checksum.word3 }

    /// Takes the records out of a block; what is wrong with one ends them and stands in `problem`.
    init(_ pointer: BlockPointer, _ block: [UInt8], isEncrypted: Bool) throws(FormatError) {
        self.pointer = pointer
        self.isEncrypted = isEncrypted
        let bytes = block.rawBytes
        let chain = try LogChain(block: bytes, pointer.checksumAlgorithm)
        var records: [LogRecord] = []
        var problem: FormatError?
        var offset = chain.records.lowerBound
        // Each record is at least as long as its header, so the loop ends.
        while offset < chain.records.upperBound {
            do throws(FormatError) {
                let record = try LogRecord(
                    bytes.extracting(offset..<chain.records.upperBound), chain.order,
                    isEncrypted: isEncrypted)
                records.append(record)
                offset += record.byteCount
            } catch {
                problem = error
                break
            }
        }
        self.chain = chain
        self.records = records
        self.problem = problem
    }
}

extension LogBlock {
    /// The block with only the records up to that sequence number.
    func upTo(_ sequence: UInt64) -> LogBlock {
        guard let cut = records.firstIndex(where: { $0.sequence > sequence }) else { return self }
        return LogBlock(
            pointer: pointer, chain: chain, records: Array(records[..<cut]),
            isEncrypted: isEncrypted, problem: problem)
    }

    private init(
        pointer: BlockPointer, chain: LogChain, records: [LogRecord], isEncrypted: Bool,
        problem: FormatError?
    ) {
        self.pointer = pointer
        self.chain = chain
        self.records = records
        self.isEncrypted = isEncrypted
        self.problem = problem
    }
}

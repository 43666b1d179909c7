import Bytes
import Codecs
import Vdevs

extension SealedBlock {
    /// An intent log block: headers and block pointers are proven, the rest of each record is encrypted.
    ///
    /// Mirrors `zio_crypt_init_uios_zil` (`module/os/linux/zfs/zio_crypt.c`); the offsets are those of
    /// `lr_t`, `lr_write_t` and `lr_clone_range_t` (`include/sys/zil.h`).
    init(log block: [UInt8], _ order: ByteOrder) throws(FormatError) {
        typealias Chain = EmbeddedChecksum.ChainLayout
        let raw = block.rawBytes
        let used = try Chain.used.read(raw, order)
        guard let end = Int(exactly: used), end >= Chain.byteCount, end <= block.count else {
            throw FormatError(Chain.used.name, .badValue(used))
        }
        authenticated += block[..<Chain.trailerOffset]
        var start = Chain.byteCount
        while start < end {
            guard end - start >= Header.byteCount else {
                throw FormatError("lr_t", .invalid("reaches past the used part of the block"))
            }
            let type = try Field<UInt64>("lrc_txtype", at: start).read(raw, order)
            let length = try Field<UInt64>("lrc_reclen", at: start + 8).read(raw, order)
            guard let count = Int(exactly: length), count >= Header.byteCount, count <= end - start
            else { throw FormatError("lrc_reclen", .badValue(length)) }
            try add(start..<start + count, type, of: block)
            start += count
        }
    }

    private enum Header {
        static let byteCount = 32
        static let write: UInt64 = 9
        static let cloneRange: UInt64 = 24
        /// `lr_blkptr` of a write, and the end of its fixed part.
        static let writePointer = 64..<192
        /// `lr_nbps` of a clone, from which on nothing is encrypted.
        static let clonePointers = 64
    }

    private mutating func add(
        _ record: Range<Int>, _ type: UInt64, of block: [UInt8]
    ) throws(FormatError) {
        let start = record.lowerBound
        let body = start + Header.byteCount
        authenticated += block[start..<body]
        switch type {
        case Header.write:
            guard record.count >= Header.writePointer.upperBound else {
                throw FormatError("lrc_reclen", .badValue(UInt64(record.count)))
            }
            let pointer = start + Header.writePointer.lowerBound
            let data = start + Header.writePointer.upperBound
            authenticated += block[pointer..<data]
            encrypted.append(body..<pointer)
            if data < record.upperBound { encrypted.append(data..<record.upperBound) }
        case Header.cloneRange:
            guard record.count >= Header.clonePointers else {
                throw FormatError("lrc_reclen", .badValue(UInt64(record.count)))
            }
            let pointers = start + Header.clonePointers
            authenticated += block[pointers..<record.upperBound]
            encrypted.append(body..<pointers)
        default:
            encrypted.append(body..<record.upperBound)
        }
    }
}

import Bytes
import Codecs

extension UndoLog {
    /// How the file is laid out: a header, then records that follow each other, each with the old bytes behind it.
    enum Layout {
        static let magic = [UInt8]("zinspect undo 1\n".utf8)
        static let headerSize = 96
        static let recordSize = 96
        /// Where the hash of a header or record stands, 32 hexadecimal digits.
        static let hashOffset = 64
        /// The hash of the new bytes in a record.
        static let newHashOffset = 32
        static let hashSize = 32

        static let pool = Field<UInt64>("pool", at: 16)
        static let oldTxg = Field<UInt64>("old_txg", at: 24)
        static let newTxg = Field<UInt64>("new_txg", at: 32)
        static let recordCount = Field<UInt64>("records", at: 40)
        static let byteCount = Field<UInt64>("bytes", at: 48)

        static let device = Field<UInt64>("device", at: 0)
        static let stage = Field<UInt64>("stage", at: 8)
        static let offset = Field<UInt64>("offset", at: 16)
        static let count = Field<UInt64>("count", at: 24)

        /// A record without the hash of itself.
        static func fields(of record: Record) throws(RepairError) -> [UInt8] {
            try RepairError.format(of: nil) { () throws(FormatError) in
                var bytes = [UInt8](repeating: 0, count: newHashOffset)
                try device.write(record.device.rawValue, into: &bytes, .little)
                try stage.write(UInt64(record.stage), into: &bytes, .little)
                try offset.write(record.offset, into: &bytes, .little)
                try count.write(UInt64(record.byteCount), into: &bytes, .little)
                return bytes + [UInt8](record.newHash.utf8)
            }
        }

        static func hash(of parts: [[UInt8]]) throws(RepairError) -> String {
            guard var hash = XXH3() else { throw .undoLog("there is no memory for a hash") }
            for part in parts { hash.update(part.rawBytes) }
            return hash.digest()
        }
    }
}

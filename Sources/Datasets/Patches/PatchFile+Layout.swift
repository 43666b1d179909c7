import Bytes
import Codecs

extension PatchFile {
    /// How the file is laid out: a header, then entries that follow each other, each with its bytes behind it.
    enum Layout {
        static let headerSize = 96
        static let entrySize = 96
        /// Where the hash of a header or entry stands, 32 hexadecimal digits.
        static let hashOffset = 64
        /// The hash of the bytes on the other side in an entry.
        static let otherHashOffset = 32
        static let hashSize = 32

        static let pool = Field<UInt64>("pool", at: 16)
        static let oldTxg = Field<UInt64>("old_txg", at: 24)
        static let newTxg = Field<UInt64>("new_txg", at: 32)
        static let entryCount = Field<UInt64>("entries", at: 40)
        static let byteCount = Field<UInt64>("bytes", at: 48)

        static let device = Field<UInt64>("device", at: 0)
        static let stage = Field<UInt64>("stage", at: 8)
        static let offset = Field<UInt64>("offset", at: 16)
        static let count = Field<UInt64>("count", at: 24)

        /// An entry without the hash of itself.
        static func fields(of entry: Entry) throws(PoolError) -> [UInt8] {
            do {
                var bytes = [UInt8](repeating: 0, count: otherHashOffset)
                try device.write(entry.device.rawValue, into: &bytes, .little)
                try stage.write(UInt64(entry.stage), into: &bytes, .little)
                try offset.write(entry.offset, into: &bytes, .little)
                try count.write(UInt64(entry.byteCount), into: &bytes, .little)
                return bytes + [UInt8](entry.otherHash.utf8)
            } catch {
                throw .format(object: nil, error)
            }
        }
    }

    /// The hash that guards files of our own: XXH3 in hexadecimal digits.
    package static func hash(of parts: [[UInt8]]) throws(PoolError) -> String {
        guard var hash = XXH3() else { throw .ownFile("there is no memory for a hash") }
        for part in parts { hash.update(part.rawBytes) }
        return hash.digest()
    }
}

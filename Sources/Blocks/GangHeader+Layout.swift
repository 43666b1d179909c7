package import Bytes
import Codecs
import Vdevs

extension GangHeader {
    /// Where the parts of a header of a given length lie.
    package enum Layout {
        /// How many pointers fit before the checksum (`gbh_nblkptrs`).
        package static func pointerCount(_ byteCount: Int) -> Int {
            max(0, byteCount - EmbeddedChecksum.Layout.byteCount) / BlockPointer.byteCount
        }

        /// Where the magic number and the checksum begin (`gbh_eck`).
        package static func trailerOffset(_ byteCount: Int) -> Int {
            byteCount - EmbeddedChecksum.Layout.byteCount
        }

        static func checksumWord(_ index: Int, of byteCount: Int) -> Field<UInt64> {
            Field("zec_cksum.zc_word[\(index)]", at: trailerOffset(byteCount) + 8 + index * 8)
        }

        /// The parts of a header of that length: pointers, then the checksum at its end.
        package static func fields(_ byteCount: Int) -> [AnyField] {
            var fields = (0..<pointerCount(byteCount)).map { index in
                let start = index * BlockPointer.byteCount
                return AnyField("gbh_blkptr[\(index)]", start..<start + BlockPointer.byteCount)
            }
            let trailer = trailerOffset(byteCount)
            fields.append(AnyField("zec_magic", trailer..<trailer + 8))
            fields.append(contentsOf: (0..<4).map { AnyField(checksumWord($0, of: byteCount)) })
            return fields
        }
    }
}

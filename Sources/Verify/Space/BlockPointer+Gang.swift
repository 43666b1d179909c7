import Bytes
import Codecs
import Vdevs

extension BlockPointer {
    /// What this pointer of a gang header says that a member of a block never says; of one that is not used, that it is not
    /// empty.
    ///
    /// Members are written as blocks of their own, without compression and type, with the checksum of the whole
    /// (`zio_write_gang_block`, `module/zfs/zio.c`).
    func flaw(asMemberOf block: BlockPointer) -> (field: String, value: UInt64)? {
        guard !isHole else {
            return words.indices.first { words[$0] != 0 }
                .map { ("word \($0) of a pointer that is not used", words[$0]) }
        }
        guard !isEmbedded else { return ("embedded mark", properties) }
        if words[7] != 0 { return ("second properties", words[7]) }
        if words[8] != 0 { return ("padding", words[8]) }
        if compression != .off { return ("compression", UInt64(compression.rawValue)) }
        if checksumAlgorithm != block.checksumAlgorithm {
            return ("checksum", UInt64(checksumAlgorithm.rawValue))
        }
        if level != 0 { return ("level", UInt64(level)) }
        if isDeduplicated { return ("dedup bit", 1) }
        if logicalSize != physicalSize {
            return ("logical size", UInt64(truncatingIfNeeded: logicalSize))
        }
        if words[9] != 0 { return ("physical birth", words[9]) }
        if logicalBirth != block.physicalBirth { return ("birth", logicalBirth.rawValue) }
        if type != .none { return ("type", UInt64(type.rawValue)) }
        if words[11] != 0 { return ("fill", words[11]) }
        return addressFlaw
    }
}

package import Codecs

/// Whatever encrypts and proves the blocks of one dataset.
package protocol BlockEncryptor: Sendable {
    /// The packed block as the dataset stores it, with what the pointer is to carry for it; `plain` is what was packed.
    func protect(
        _ block: PackedBlock, plain: [UInt8], _ template: BlockTemplate
    ) throws(CodecError) -> PackedBlock
}

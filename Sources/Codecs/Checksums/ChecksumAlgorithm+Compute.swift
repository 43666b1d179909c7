package import Bytes

extension ChecksumAlgorithm {
    /// Whether the checksum is stored inside the block itself (`zio_eck_t`) and not in its pointer.
    package var isEmbedded: Bool {
        switch self {
        case .label, .gangHeader, .zilog, .zilog2: true
        default: false
        }
    }

    /// Whether the pool's salt goes into the checksum.
    package var isSalted: Bool {
        switch self {
        case .skein, .edonr, .blake3: true
        default: false
        }
    }

    /// The checksum that a block pointer must hold for these stored bytes.
    ///
    /// - Parameters:
    ///   - bytes: the block as stored (`psize` bytes), still compressed and encrypted.
    ///   - order: the order of the host that wrote the block, which decides how the words of the
    ///     result are read; only SHA-256's are big-endian always.
    ///   - salt: the pool's salt, for the algorithms for which `isSalted` holds.
    /// - Throws: `CodecError.unknownAlgorithm` for a value this version does not know and for the
    ///   embedded ones, which `EmbeddedChecksum` verifies; `missingSalt`.
    ///
    /// Mirrors `ci_func` of `zio_checksum_table` (`module/zfs/zio_checksum.c`).
    package func compute(
        _ bytes: RawSpan, _ order: ByteOrder, salt: ChecksumSalt? = nil
    ) throws(CodecError) -> Checksum {
        switch self {
        case .off, .noparity: return .zero
        case .fletcher2: return Fletcher2.checksum(bytes, order)
        case .fletcher4: return Fletcher4.checksum(bytes, order)
        case .sha256: return try SHA2.sha256.checksum(bytes, .big)
        case .sha512: return try SHA2.sha512.checksum(bytes, order)
        case .skein: return try salted(salt).skein.checksum(bytes, order)
        case .edonr: return try salted(salt).edonr.checksum(bytes, order)
        case .blake3: return try salted(salt).blake3.checksum(bytes, order)
        default: throw .unknownAlgorithm("checksum \(self)")
        }
    }

    private func salted(_ salt: ChecksumSalt?) throws(CodecError) -> ChecksumSalt {
        guard let salt else { throw .missingSalt(algorithm: "\(self)") }
        return salt
    }

    /// The plain function behind an embedded checksum.
    func embedded() throws(CodecError) -> ChecksumAlgorithm {
        switch self {
        case .label, .gangHeader: .sha256
        case .zilog: .fletcher2
        case .zilog2: .fletcher4
        default: throw .unknownAlgorithm("embedded checksum \(self)")
        }
    }
}

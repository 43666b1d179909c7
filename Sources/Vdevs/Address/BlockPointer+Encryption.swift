import Bytes

/// What an encrypted pointer keeps in the place of the third address, of half the fill count and of half the checksum.
///
/// All are byte strings, not numbers: they are the bytes that the writing host put there. Mirrors
/// `zio_crypt_decode_params_bp` and `zio_crypt_decode_mac_bp` (`module/os/linux/zfs/zio_crypt.c`).
extension BlockPointer {
    /// The 8 bytes from which, with the master key, the block's key is derived.
    package var encryptionSalt: [UInt8] { bytes(words[4], count: 8) }

    /// The 12 bytes of the initialization vector.
    package var initializationVector: [UInt8] {
        bytes(words[5], count: 8) + bytes(words[11] >> 32, count: 4)
    }

    /// The 16 bytes of the message authentication code, of the block or of the codes below it; an object set's
    /// stand in itself.
    package var authenticationCode: [UInt8] {
        bytes(words[14], count: 8) + bytes(words[15], count: 8)
    }

    /// Above level 0: the code covers those of the level below (`BP_HAS_INDIRECT_MAC_CKSUM`).
    package var hasIndirectAuthenticationCode: Bool { usesCrypt && level > 0 }

    /// The low `count` bytes of a word in the order of the host that wrote the block.
    private func bytes(_ word: UInt64, count: Int) -> [UInt8] {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
        return order == .little ? bytes : bytes.reversed()
    }
}

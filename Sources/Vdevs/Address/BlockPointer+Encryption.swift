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

    /// Marks the pointer as one of an encrypted dataset, and puts in what it carries for its block.
    ///
    /// Salt and vector take the place of the third address and half of the fill count, the code half of the checksum.
    /// Mirrors `zio_crypt_encode_params_bp` and `zio_crypt_encode_mac_bp`.
    package mutating func protect(_ protection: BlockProtection) {
        words[6] = Bits.crypt.write(1, into: words[6])
        switch protection {
        case .header: break
        case .authenticated(let code): put(code)
        case .encrypted(let salt, let vector, let code):
            precondition(salt.count == 8 && vector.count == 12, "salt or vector of another size")
            words[4] = word(salt)
            words[5] = word(vector[..<8])
            words[11] = words[11] & 0xffff_ffff | word(vector[8...]) << 32
            put(code)
        }
    }

    private mutating func put(_ code: [UInt8]) {
        precondition(code.count == 16, "a code of another size")
        words[14] = word(code[..<8])
        words[15] = word(code[8...])
    }

    /// The number that the host which writes the block makes of bytes.
    private func word(_ bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
        func joined(_ bytes: some Sequence<UInt8>) -> UInt64 {
            bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
        return order == .little ? joined(bytes.reversed()) : joined(bytes)
    }

    /// The low `count` bytes of a word in the order of the host that wrote the block.
    private func bytes(_ word: UInt64, count: Int) -> [UInt8] {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
        return order == .little ? bytes : bytes.reversed()
    }
}

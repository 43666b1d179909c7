import Bytes

/// The hash by which a ZAP orders its entries: CRC-64 over the key, begun with the ZAP's own salt.
///
/// Only the high 28 bits count, 48 where the ZAP says so. Mirrors `zap_hash` and `zap_hashbits`
/// (`module/zfs/zap_impl.c`).
package struct ZAPHash: Sendable {
    let salt: UInt64
    package let flags: ZAPFlags
    /// `U8_TEXTPREP_*` as stored in the ZAP; names are normalised so before they are hashed.
    let normalization: UInt64
    private let table: [UInt64]

    package init(salt: UInt64, flags: ZAPFlags, normalization: UInt64) {
        self.salt = salt
        self.flags = flags
        self.normalization = normalization
        table = Self.polynomialTable
    }

    /// `U8_TEXTPREP_*`: folding of case, four forms of composition, and what to do with NUL and broken bytes.
    package static let knownNormalization: UInt64 = 0x7_00f6

    /// How many of the high bits of a hash are used.
    package var bitCount: Int { flags.contains(.hash64) ? 48 : 28 }

    /// The hash of a name, given without its terminating NUL.
    ///
    /// Nil where the ZAP normalises names and this one is not plain ASCII, since Unicode's tables would be
    /// needed to know it.
    package func hash(name: [UInt8]) -> UInt64? {
        guard !flags.contains(.wordKeys) else { return nil }
        var crc = salt
        if normalization == 0 {
            for byte in name { crc = step(crc, byte) }
            return crc & mask
        }
        for byte in name {
            guard byte < 0x80 else { return nil }
            crc = step(crc, fold(byte))
        }
        return crc & mask
    }

    /// The same of a name in place.
    func hash(name: RawSpan) -> UInt64? {
        var crc = salt
        for index in 0..<name.byteCount {
            let byte: UInt8
            do {
                byte = try name.integer(at: index, .little)
            } catch {
                return nil
            }
            if normalization != 0 {
                guard byte < 0x80 else { return nil }
                crc = step(crc, fold(byte))
            } else {
                crc = step(crc, byte)
            }
        }
        return crc & mask
    }

    /// The hash of a key of whole words.
    package func hash(words: [UInt64]) -> UInt64 {
        if flags.contains(.preHashedKeys) { return (words.first ?? 0) & mask }
        var crc = salt
        for word in words {
            for index in UInt64(0)..<8 {
                crc = step(crc, UInt8(truncatingIfNeeded: word >> (index * 8)))
            }
        }
        return crc & mask
    }

    private var mask: UInt64 { ~((UInt64(1) << UInt64(64 - bitCount)) - 1) }

    private func step(_ crc: UInt64, _ byte: UInt8) -> UInt64 {
        (crc >> 8) ^ table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)]
    }

    /// What normalising does to one ASCII character: nothing but folding of case
    /// (`U8_TEXTPREP_TOUPPER` 2, `U8_TEXTPREP_TOLOWER` 4).
    private func fold(_ byte: UInt8) -> UInt8 {
        if normalization & 2 != 0, (0x61...0x7a).contains(byte) { return byte - 0x20 }
        if normalization & 4 != 0, (0x41...0x5a).contains(byte) { return byte + 0x20 }
        return byte
    }

    /// The table of the reflected ECMA-182 polynomial (`ZFS_CRC64_POLY`).
    private static let polynomialTable: [UInt64] = (0..<256).map { index in
        var crc = UInt64(index)
        for _ in 0..<8 { crc = (crc >> 1) ^ (crc & 1 != 0 ? 0xc96c_5795_d787_0f42 : 0) }
        return crc
    }
}

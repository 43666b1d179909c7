import Codecs

extension PropertyIndex {
    static let boolean = PropertyIndex(["off": 0, "on": 1])

    static let checksum = PropertyIndex([
        "on": 1, "off": 2, "fletcher2": 6, "fletcher4": 7, "sha256": 8, "noparity": 10,
        "sha512": 11, "skein": 12, "edonr": 13, "blake3": 14,
    ])

    /// The number of a checksum, with bit 8 for `verify` (`ZIO_CHECKSUM_VERIFY`).
    static let dedup = PropertyIndex([
        "on": 1, "off": 2, "verify": 0x101, "sha256": 8, "sha256,verify": 0x108, "sha512": 11,
        "sha512,verify": 0x10b, "skein": 12, "skein,verify": 0x10c, "edonr,verify": 0x10d,
        "blake3": 14, "blake3,verify": 0x10e,
    ])

    /// The number of an algorithm in the low 7 bits, a Zstd level above.
    static let compression = PropertyIndex(
        [
            "on": 1, "off": 2, "lzjb": 3, "gzip": 10, "gzip-1": 5, "gzip-2": 6, "gzip-3": 7,
            "gzip-4": 8, "gzip-5": 9, "gzip-7": 11, "gzip-8": 12, "gzip-9": 13, "zle": 14,
            "lz4": 15, "zstd": 16,
        ], other: zstdLevel)

    /// Levels as in `enum zio_zstd_levels` (`include/sys/zio_compress.h`): 1 to 19 stand for themselves,
    /// the fast ones follow from 103 on.
    @Sendable private static func zstdLevel(_ value: UInt64) -> String? {
        guard value & 0x7f == 16 else { return nil }
        let level = value >> 7
        let fast = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 500, 1000]
        switch level {
        case 1...19: return "zstd-\(level)"
        case 103: return "zstd-fast"
        case 104..<103 + UInt64(fast.count): return "zstd-fast-\(fast[Int(level) - 103])"
        default: return nil
        }
    }

    static let encryption = PropertyIndex([
        "off": 2, "on": 1, "aes-128-ccm": 3, "aes-192-ccm": 4, "aes-256-ccm": 5,
        "aes-128-gcm": 6, "aes-192-gcm": 7, "aes-256-gcm": 8,
    ])
    static let keyFormat = PropertyIndex(["none": 0, "raw": 1, "hex": 2, "passphrase": 3])
    static let snapshotDirectory = PropertyIndex(["hidden": 0, "visible": 1, "disabled": 2])
    static let snapshotDevices = PropertyIndex(["hidden": 0, "visible": 1])
    static let aclMode = PropertyIndex([
        "discard": 0, "groupmask": 2, "passthrough": 3, "restricted": 4,
    ])
    static let aclType = PropertyIndex(["off": 0, "posix": 1, "nfsv4": 2])
    static let aclInheritance = PropertyIndex([
        "discard": 0, "noallow": 1, "restricted": 4, "passthrough": 3, "passthrough-x": 5,
    ])
    static let caseSensitivity = PropertyIndex(["sensitive": 0, "insensitive": 1, "mixed": 2])
    /// Flags of `include/sys/u8_textprep.h`.
    static let normalization = PropertyIndex([
        "none": 0, "formD": 0x10, "formKC": 0x60, "formC": 0x50, "formKD": 0x20,
    ])
    static let logBias = PropertyIndex(["latency": 0, "throughput": 1])
    static let canMount = PropertyIndex(["off": 0, "on": 1, "noauto": 2])
    static let cache = PropertyIndex(["none": 0, "metadata": 1, "all": 2])
    static let sync = PropertyIndex(["standard": 0, "always": 1, "disabled": 2])
    static let extendedAttributes = PropertyIndex(["off": 0, "sa": 2, "dir": 1])
    static let dnodeSize = PropertyIndex([
        "legacy": 0, "auto": 1, "1k": 1024, "2k": 2048, "4k": 4096, "8k": 8192, "16k": 16384,
    ])
    static let redundantMetadata = PropertyIndex(["all": 0, "most": 1, "some": 2, "none": 3])
    static let volumeMode = PropertyIndex(["default": 0, "full": 1, "dev": 2, "none": 3])
    static let direct = PropertyIndex(["disabled": 0, "standard": 1, "always": 2])
    static let failureMode = PropertyIndex(["wait": 0, "continue": 1, "panic": 2])
}

/// `zap_flags`: how a fat ZAP's keys are made and hashed.
///
/// Mirrors `zap_flags_t` (`include/sys/zap.h`).
package struct ZAPFlags: OptionSet, Hashable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// 48 bits of the hash count, not 28 (`ZAP_FLAG_HASH64`).
    package static let hash64 = ZAPFlags(rawValue: 1 << 0)
    /// Keys are arrays of 64-bit words, not names (`ZAP_FLAG_UINT64_KEY`).
    package static let wordKeys = ZAPFlags(rawValue: 1 << 1)
    /// A key's first word is its hash (`ZAP_FLAG_PRE_HASHED_KEY`).
    package static let preHashedKeys = ZAPFlags(rawValue: 1 << 2)
}

/// One named value of an nvlist. Mirrors `nvpair_t` (`include/sys/nvpair.h`).
package struct NVPair: Hashable, Sendable {
    package let nameBytes: NVString
    package var value: NVValue

    package init(_ name: String, _ value: NVValue) {
        nameBytes = NVString(name)
        self.value = value
    }

    package init(nameBytes: NVString, value: NVValue) {
        self.nameBytes = nameBytes
        self.value = value
    }

    package var name: String { nameBytes.text }

    /// Where the value begins in the pair's form in memory, in bytes (`NVP_VALOFF`): sixteen bytes of
    /// header and the name with its NUL, aligned to eight.
    static func memoryHeaderSize(nameByteCount: Int) -> Int {
        (16 + nameByteCount + 1 + 7) / 8 * 8
    }
}

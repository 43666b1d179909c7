import Files

/// The name under which a directory entry is written.
///
/// Names that the target can't hold, or that would lead elsewhere, are changed; the manifest tells the
/// original.
enum OutputName {
    /// The longest name that Linux file systems take (`NAME_MAX`).
    static let byteLimit = 255
    /// The folder of the extraction's own notes, in the top folder of the target.
    static let notes = Array(".zinspect".utf8)

    /// The name for an entry; `object` keeps changed names apart.
    static func name(_ original: FileName, object: UInt64, isTop: Bool) -> [UInt8] {
        var name = original.bytes
        var isChanged = false
        if !original.isSafe || (isTop && name == notes) {
            name = name.flatMap { byte -> [UInt8] in
                byte == 0 || byte == 0x2f || byte == 0x25 ? Array(escape(byte).utf8) : [byte]
            }
            isChanged = true
        }
        let suffix = Array("~\(object)".utf8)
        if name.count > byteLimit {
            name = cut(name, to: byteLimit - suffix.count)
            isChanged = true
        }
        return isChanged ? cut(name, to: byteLimit - suffix.count) + suffix : name
    }

    /// `name` with a suffix, cut so that both fit.
    static func adding(_ suffix: String, to name: [UInt8]) -> [UInt8] {
        cut(name, to: byteLimit - suffix.utf8.count) + Array(suffix.utf8)
    }

    /// At most `count` bytes, not ending inside a character of UTF-8.
    private static func cut(_ name: [UInt8], to count: Int) -> [UInt8] {
        guard name.count > count else { return name }
        var end = count
        while end > 0, name[end] & 0xc0 == 0x80, count - end < 4 { end -= 1 }
        return [UInt8](name[..<end])
    }

    private static func escape(_ byte: UInt8) -> String {
        "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

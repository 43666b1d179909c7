/// Bytes as lines of sixteen with their offset and the printable characters, as hexdump -C shows them.
package enum HexView {
    package static func lines(_ bytes: [UInt8], from start: UInt64 = 0) -> [String] {
        var lines: [String] = []
        var isSkipping = false
        for first in stride(from: 0, to: bytes.count, by: 16) {
            let row = bytes[first..<min(first + 16, bytes.count)]
            if first > 0, row.count == 16, row.elementsEqual(bytes[first - 16..<first]) {
                if !isSkipping { lines.append("*") }
                isSkipping = true
                continue
            }
            isSkipping = false
            lines.append(line(row, at: start &+ UInt64(first)))
        }
        return lines
    }

    private static func line(_ row: ArraySlice<UInt8>, at offset: UInt64) -> String {
        let digits = String(offset, radix: 16)
        var text = String(repeating: "0", count: max(0, 8 - digits.count)) + digits + " "
        for index in 0..<16 {
            if index == 8 { text += " " }
            let place = row.startIndex + index
            text += place < row.endIndex ? " " + Units.hexadecimal([row[place]]) : "   "
        }
        let characters = row.map { (0x20..<0x7f).contains($0) ? Character(.init($0)) : "." }
        return text + "  |" + String(characters) + "|"
    }
}

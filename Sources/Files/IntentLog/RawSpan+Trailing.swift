import Bytes
import Vdevs

extension RawSpan {
    /// The bytes up to the next NUL; `offset` moves past it.
    ///
    /// A record whose last string is not terminated ends it with the record: such a string is damage.
    func takeString(_ name: String, at offset: inout Int) throws(FormatError) -> [UInt8] {
        var text: [UInt8] = []
        do {
            while true {
                let byte: UInt8 = try integer(at: offset, .little)
                offset += 1
                if byte == 0 { return text }
                text.append(byte)
            }
        } catch {
            throw FormatError(name, .invalid("does not end within its record"))
        }
    }

    /// The next `count` bytes, a number from disk; `offset` moves past them.
    func takeBytes(
        _ name: String, _ count: UInt64, at offset: inout Int
    ) throws(FormatError) -> [UInt8] {
        guard let wanted = Int(exactly: count), wanted <= byteCount - Swift.min(offset, byteCount)
        else {
            throw FormatError(name, .invalid("of \(count) bytes does not fit in its record"))
        }
        do {
            let bytes = try slice(at: offset, count: wanted).array
            offset += wanted
            return bytes
        } catch {
            throw FormatError(name, .outOfBounds(error))
        }
    }

    /// The next `count` words, a number from disk; `offset` moves past them.
    func takeWords(
        _ name: String, _ count: UInt64, at offset: inout Int, _ order: ByteOrder
    ) throws(FormatError) -> [UInt64] {
        guard count <= UInt64(byteCount / 8) else {
            throw FormatError(name, .invalid("of \(count) words does not fit in its record"))
        }
        var words: [UInt64] = []
        for _ in 0..<count {
            do {
                words.append(try integer(at: offset, order))
            } catch {
                throw FormatError(name, .outOfBounds(error))
            }
            offset += 8
        }
        return words
    }

    /// The block pointer at `offset`, which moves past it.
    func takePointer(at offset: inout Int, _ order: ByteOrder) throws(FormatError) -> BlockPointer {
        let pointer = try BlockPointer(self, at: offset, order)
        offset += BlockPointer.byteCount
        return pointer
    }
}

import Bytes
import Datasets

/// Objects that hold one packed list of names and values, with its size in the bonus.
extension ObjectDraft {
    /// `nvlist_size`: the one word of the bonus.
    private static let packedSize = Field<UInt64>("packed nvlist size", at: 0)

    /// The list as it is going to be; throws where it can't be read.
    func packedList() throws(RepairError) -> NVList {
        let (bonus, order, size) = (try bonus, order, try blockSize)
        let count = try RepairError.format(of: number) { () throws(FormatError) in
            try Self.packedSize.read(bonus.rawBytes, order)
        }
        guard count <= 64 << 20, size > 0 else {
            throw .changed("object \(number) claims a list of \(count) bytes")
        }
        var bytes: [UInt8] = []
        while UInt64(bytes.count) < count { bytes += try block(UInt64(bytes.count / size)) }
        let packed = [UInt8](bytes.prefix(Int(count)))
        return try RepairError.format(of: number) { () throws(FormatError) in
            try NVList.decode(packed.rawBytes).list
        }
    }

    /// Gives the object another list and no other contents.
    mutating func replacePackedList(_ list: NVList) throws(RepairError) {
        let order = order
        let packed = try RepairError.format(of: number) { () throws(FormatError) in
            try list.encodedXDR(order: order)
        }
        let size = try blockSize
        guard size > 0 else { throw .changed("object \(number) has no blocks") }
        let blocks = stride(from: 0, to: packed.count, by: size).map { start in
            let part = [UInt8](packed[start..<min(packed.count, start + size)])
            return part + [UInt8](repeating: 0, count: size - part.count)
        }
        try replaceBlocks(blocks)
        try editBonus { bonus throws(FormatError) in
            try Self.packedSize.write(UInt64(packed.count), into: &bonus, order)
        }
    }
}

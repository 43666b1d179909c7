import Bytes

extension LZJB {
    private static let tableBits: UInt32 = 12

    /// The payload, or nothing where it takes more than `limit` bytes.
    static func compress(_ source: RawSpan, limit: Int) -> [UInt8]? {
        let input = source.array
        /// Where three bytes of a hash were last seen, plus one.
        var seen = [Int](repeating: 0, count: 1 << Int(tableBits))
        var output: [UInt8] = []
        var flagsIndex = 0
        var items = 0
        var position = 0
        while position < input.count {
            if items % 8 == 0 {
                guard output.count <= limit else { return nil }
                flagsIndex = output.count
                output.append(0)
            }
            if let found = match(input, position, &seen) {
                output[flagsIndex] |= 1 << UInt8(items % 8)
                let word = (found.length - minimumMatch) << (16 - lengthBits) | found.distance
                output.append(UInt8(word >> 8))
                output.append(UInt8(word & 0xff))
                position += found.length
            } else {
                output.append(input[position])
                position += 1
            }
            items += 1
        }
        return output.count <= limit ? output : nil
    }

    /// The bytes at `position` seen before, if the last place of their hash is near and alike enough.
    private static func match(
        _ input: [UInt8], _ position: Int, _ seen: inout [Int]
    ) -> (distance: Int, length: Int)? {
        guard input.count - position >= minimumMatch else { return nil }
        let key =
            UInt32(input[position]) << 16 | UInt32(input[position + 1]) << 8
            | UInt32(input[position + 2])
        let slot = Int((key &* 2_654_435_761) >> (32 - tableBits))
        let distance = position + 1 - seen[slot]
        let known = seen[slot] > 0
        seen[slot] = position + 1
        guard known, distance <= distanceMask else { return nil }
        let longest = min(maximumMatch, input.count - position)
        var length = 0
        while length < longest, input[position + length] == input[position - distance + length] {
            length += 1
        }
        return length >= minimumMatch ? (distance, length) : nil
    }
}

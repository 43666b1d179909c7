import Bytes

extension ZLE {
    /// The most zeros that one length byte can announce.
    private static let longestRun = 256 - firstRun

    /// The payload, or nothing where it takes more than `limit` bytes.
    static func compress(_ source: RawSpan, limit: Int) -> [UInt8]? {
        let input = source.array
        var output: [UInt8] = []
        var start = 0
        while start < input.count {
            var end = start
            if input[start] == 0 {
                let last = min(start + longestRun, input.count)
                while end < last, input[end] == 0 { end += 1 }
                output.append(UInt8(end - start - 1 + firstRun))
            } else {
                let last = min(start + firstRun, input.count)
                // A single zero is cheaper left in than announced.
                while end < last, input[end] != 0 || (end + 1 < last && input[end + 1] != 0) {
                    end += 1
                }
                output.append(UInt8(end - start - 1))
                output += input[start..<end]
            }
            guard output.count <= limit else { return nil }
            start = end
        }
        return output
    }
}

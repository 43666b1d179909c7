/// Blocks that pack to about half, as files and metadata often do.
enum Sample {
    static func bytes(_ count: Int) -> [UInt8] {
        let words = [
            "the ", "pool ", "of ", "blocks ", "is ", "read ", "once ", "and ", "every ", "sum ",
            "agrees ", "with ", "its ", "pointer, ", "or ", "it ", "does ", "not. ", "\n",
        ].map { Array($0.utf8) }
        var state: UInt64 = 42
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        var bytes: [UInt8] = []
        while bytes.count < count {
            if next() % 4 == 0 {
                bytes += (0..<8).map { _ in UInt8(truncatingIfNeeded: next()) }
            } else {
                bytes += words[Int(next() % UInt64(words.count))]
            }
        }
        return Array(bytes.prefix(count))
    }
}

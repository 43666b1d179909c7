import TestSupport

@testable import Codecs

/// Blocks of every temper, for round trips.
enum Payload: String, CaseIterable, Sendable {
    case zeros
    case same
    case text
    case sparse
    case noise
    case ramp

    func bytes(_ count: Int) -> [UInt8] {
        var generator = Seed.generator(for: Array(rawValue.utf8))
        let words = ["pool ", "vdev ", "label ", "uberblock ", "dnode ", "block pointer ", "\n"]
        switch self {
        case .zeros: return [UInt8](repeating: 0, count: count)
        case .same: return [UInt8](repeating: 0xe5, count: count)
        case .noise: return (0..<count).map { _ in generator.next() }
        case .ramp: return (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3) }
        case .sparse:
            var bytes = [UInt8](repeating: 0, count: count)
            for _ in 0..<count / 50 {
                let word: UInt64 = generator.next()
                bytes[Int(word % UInt64(count))] = UInt8(truncatingIfNeeded: word >> 32)
            }
            return bytes
        case .text:
            var bytes: [UInt8] = []
            while bytes.count < count {
                let word: UInt64 = generator.next()
                bytes += Array(words[Int(word % UInt64(words.count))].utf8)
            }
            return Array(bytes.prefix(count))
        }
    }
}

package import Bytes

/// The ways in which tests spoil a field, from nothing left to a single bit.
package enum Fuzz: String, CaseIterable, Sendable {
    case zeroes
    case ones
    case firstBit
    case middleBit
    case lastBit
    case plusOne
    case minusOne
    case random

    /// The bytes as this verb leaves them; never the bytes that were there where it can be helped.
    ///
    /// `order` says where the low end of the number is for the two verbs that count. `random` depends on
    /// the seed (without one, the run's) and on the bytes, so a failure can be repeated (`Seed`).
    package func apply(
        to bytes: [UInt8], _ order: ByteOrder = .little, seed: UInt64? = nil
    ) -> [UInt8] {
        guard !bytes.isEmpty else { return bytes }
        var spoiled = bytes
        switch self {
        case .zeroes: spoiled = [UInt8](repeating: 0, count: bytes.count)
        case .ones: spoiled = [UInt8](repeating: 0xff, count: bytes.count)
        case .firstBit: spoiled[0] ^= 0x80
        case .middleBit: spoiled[bytes.count / 2] ^= 0x08
        case .lastBit: spoiled[bytes.count - 1] ^= 0x01
        case .plusOne: Self.count(&spoiled, order, from: 0xff, to: 0, by: 1)
        case .minusOne: Self.count(&spoiled, order, from: 0, to: 0xff, by: 0xff)
        case .random:
            var generator = Seed.generator(for: bytes, from: seed ?? Seed.current)
            for index in spoiled.indices { spoiled[index] = generator.next() }
        }
        return spoiled
    }

    /// Adds or subtracts one from a number of any width: a byte that rolls over (`from` becomes `to`)
    /// carries into the next.
    private static func count(
        _ bytes: inout [UInt8], _ order: ByteOrder, from: UInt8, to: UInt8, by step: UInt8
    ) {
        let lowestFirst = order == .little ? Array(bytes.indices) : bytes.indices.reversed()
        for index in lowestFirst {
            guard bytes[index] == from else {
                bytes[index] &+= step
                return
            }
            bytes[index] = to
        }
    }
}

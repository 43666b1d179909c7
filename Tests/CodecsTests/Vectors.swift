import Foundation
import TestSupport

/// Published and recorded values that are too many for a test's source.
enum Vectors {
    static func text(_ name: String) -> String {
        (try? String(
            contentsOfFile: "\(Project.root)/Tests/CodecsTests/Vectors/\(name)", encoding: .utf8))
            ?? ""
    }

    /// The lines of a file, each split at its tabs.
    static func table(_ name: String) -> [[String]] {
        text(name).split(separator: "\n").map { line in
            line.split(separator: "\t").map(String.init)
        }
    }

    /// The bytes that pairs of hexadecimal digits stand for.
    static func bytes(_ digits: some StringProtocol) -> [UInt8] {
        let nibbles = digits.compactMap(\.hexDigitValue)
        return stride(from: 0, to: nibbles.count - 1, by: 2).map { index in
            UInt8(nibbles[index] << 4 | nibbles[index + 1])
        }
    }
}

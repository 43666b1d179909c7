import Bytes
import Devices
import Foundation
import TestSupport

@testable import Codecs

/// A block of one of the test pools: where zdb says it lies, and what its pointer holds.
///
/// The list in `Vectors/blocks.tsv` was taken from `zdb -ddddddbbbbbb`.
struct RealBlock: Sendable, CustomStringConvertible {
    let pool: String
    /// The file whose content it is part of, in order of the list, or `-`.
    let file: String
    /// Where it lies in the pool's first device file, in bytes.
    let offset: UInt64
    let physicalSize: Int
    let logicalSize: Int
    let checksum: ChecksumAlgorithm
    let compression: CompressionAlgorithm
    let order: ByteOrder
    /// The four words in the pointer, as zdb prints them.
    let expected: String

    var description: String { "\(pool) \(offset) \(checksum) \(compression)" }

    /// The bytes as stored.
    func stored() throws -> [UInt8] {
        let device = try FileDevice(path: TestPool.named(pool).devicePaths()[0])
        return try device.read(at: offset, count: physicalSize)
    }

    /// `org.illumos:checksum_salt` of the object directory, as zdb prints it.
    var salt: ChecksumSalt? {
        let digits = [
            "be-native": "195a590f816c5df8a98f19f7cec57db9d21dcc00dfa00de1c34d25cf6aa37239",
            "be-disk": "20800fe0cfc8c8eb1000c1ab9371a02a9aa598d81f1e82355f663ef8097166ff",
            "checksum": "5542a17b31dd244aa265a7a478d5690fae54f14138755b310c8ac2259f035661",
        ]
        return digits[pool].flatMap { ChecksumSalt(Vectors.bytes($0)) }
    }

    static let all: [RealBlock] = Vectors.table("blocks.tsv").map { row in
        RealBlock(
            pool: row[0], file: row[1], offset: UInt64(row[2]) ?? 0,
            physicalSize: Int(row[3]) ?? 0, logicalSize: Int(row[4]) ?? 0,
            checksum: checksums[row[5]] ?? .inherit,
            compression: compressions[row[6]] ?? .inherit,
            order: row[7] == "LE" ? .little : .big, expected: row[8])
    }

    /// The values by the names that zdb prints.
    private static let checksums = Dictionary(
        uniqueKeysWithValues: (2...14).map { value in
            (ChecksumAlgorithm(rawValue: value).description, ChecksumAlgorithm(rawValue: value))
        })
    private static let compressions = Dictionary(
        uniqueKeysWithValues: (2...16).map { value in
            (
                CompressionAlgorithm(rawValue: value).description,
                CompressionAlgorithm(rawValue: value)
            )
        })
}

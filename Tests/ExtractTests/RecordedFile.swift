import Foundation
import TestSupport

/// A file as a kernel showed it when the pool was made.
struct RecordedFile: Decodable {
    let ds: String
    let path: String
    /// Octal, with the kind. Pools made in userland have only checksums recorded.
    let mode: String?
    let uid: UInt32?
    let gid: UInt32?
    let nlink: UInt?
    let size: Int64?
    let mtime: Int64?
    let atime: Int64?
    let sha256: String?
    let target: String?
    let rdev: [UInt32]?
    /// Values in base64.
    let xattr: [String: String]?
    /// What was done to the pool before, where that changed it.
    let after: String?

    /// The files of a packed pool as it stands on disk.
    static func all(of pool: String) throws -> [RecordedFile] {
        let path = "\(Project.testPools)/\(pool).files.jsonl.zst"
        return try Command.run("zstdcat", path).output.split(separator: 0x0a).map {
            try JSONDecoder().decode(RecordedFile.self, from: Data($0))
        }.filter { $0.after == nil }
    }
}

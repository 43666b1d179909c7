/// What a kernel, or the program that wrote the pool, said of one file.
struct RecordedFile: Decodable, Sendable {
    let ds: String
    let path: String
    let mode: String?
    let uid: UInt64?
    let gid: UInt64?
    let nlink: UInt64?
    let ino: UInt64?
    let size: UInt64?
    let mtime: Int64?
    let ctime: Int64?
    let atime: Int64?
    let blocks: UInt64?
    let sha256: String?
    let target: String?
    let rdev: [UInt32]?
    let xattr: [String: String]?
    /// Why the kernel could not read it.
    let error: String?
    /// `import` in a line that tells what a normal import makes of an unclean pool.
    let after: String?
}

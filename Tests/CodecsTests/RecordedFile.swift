/// A file of a test pool, and the SHA-256 of what the file system gave for it.
struct RecordedFile: Sendable, CustomStringConvertible {
    /// Dataset and path: `checksum/sha256/text`.
    let name: String
    let size: Int
    let digest: String

    var description: String { name }

    static let all: [RecordedFile] = Vectors.table("files.tsv").map { row in
        RecordedFile(name: row[1], size: Int(row[2]) ?? 0, digest: row[3])
    }
}

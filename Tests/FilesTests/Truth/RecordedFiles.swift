import Foundation
import TestSupport

/// The recorded files of a pool's archive, by dataset and path.
struct RecordedFiles {
    let byDataset: [String: [String: RecordedFile]]

    /// Reads `NAME.files.jsonl.zst` beside the archive, or the record that the archive was made with.
    ///
    /// `after` is `import` for the lines that tell what a normal import made of an unclean pool.
    init(of pool: TestPool, after event: String? = nil) throws {
        let stem = String(pool.archive.dropLast(".tar.zst".count))
        let text: String
        if FileManager.default.fileExists(atPath: "\(stem).files.jsonl.zst") {
            text = try Command.run("zstdcat", "\(stem).files.jsonl.zst").text
        } else if FileManager.default.fileExists(atPath: "\(stem).truth.tar.zst") {
            text = try Command(
                "tar",
                [
                    "-x", "-O", "-I", "zstd", "-f", "\(stem).truth.tar.zst", "--wildcards",
                    "--exclude=*.imported/*", "*/files.jsonl",
                ]
            ).text
        } else {
            text = ""
        }
        let decoder = JSONDecoder()
        var byDataset: [String: [String: RecordedFile]] = [:]
        for line in text.utf8.split(separator: 10) {
            let file = try decoder.decode(RecordedFile.self, from: Data(line))
            guard file.after == event else { continue }
            byDataset[file.ds, default: [:]][file.path] = file
        }
        self.byDataset = byDataset
    }
}

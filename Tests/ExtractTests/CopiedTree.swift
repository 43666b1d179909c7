import Extract
import Foundation
import Glibc
import TestSupport

/// A folder that was copied to, as the system shows it.
struct CopiedTree {
    let path: String

    /// The contents of a file below it.
    func contents(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(path)/\(name)").map { [UInt8]($0) }
    }

    func status(_ name: String) -> stat? {
        var status = stat()
        return unsafe lstat("\(path)/\(name)", &status) == 0 ? status : nil
    }

    func names(_ folder: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? [])
            .filter { $0 != ".zinspect" }.sorted()
    }

    /// The value of an extended attribute; nil where there is none.
    func attribute(_ attribute: String, of name: String) -> [UInt8]? {
        guard
            let answer = try? Command.run(
                "getfattr", "-h", "-n", attribute, "-e", "base64", "--only-values",
                "--absolute-names",
                "\(path)/\(name)")
        else { return nil }
        return answer.output
    }

    /// The SHA-256 of every file, by its path.
    func checksums() throws -> [String: String] {
        let text = try Command.run(
            "find", path, "-type", "f", "-exec", "sha256sum", "-z", "{}", "+"
        ).text
        var sums: [String: String] = [:]
        for line in text.split(separator: "\0") {
            sums[String(line.dropFirst(66 + path.utf8.count + 1))] = String(line.prefix(64))
        }
        return sums
    }

    /// The manifest's entries in their order.
    func manifest() throws -> [ManifestEntry] {
        let lines = (contents(".zinspect/manifest.jsonl") ?? []).split(separator: 0x0a)
        return try lines.dropFirst().map {
            try JSONDecoder().decode(ManifestEntry.self, from: Data($0))
        }
    }
}

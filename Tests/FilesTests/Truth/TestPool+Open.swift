import Bytes
import Codecs
import Datasets
import Foundation
import TestSupport

extension TestPool {
    /// Every pool on the devices of the archive, sorted by name.
    func candidates() throws -> [PoolCandidate] {
        PoolFinder(threads: 2).find(in: [try unpack()]).pools
    }

    /// The keys that the archive's facts or its manifest name, by dataset.
    func keys() throws -> [(dataset: String, key: UserKey)] {
        struct Manifest: Decodable {
            struct Entry: Decodable {
                let dataset: String
                let key: String
            }
            let keys: [Entry]?
        }
        let stem = String(archive.dropLast(".tar.zst".count))
        let path = ["\(stem).facts.json", "\(stem).json"].first {
            FileManager.default.fileExists(atPath: $0)
        }
        guard let path else { return [] }
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let entries = try JSONDecoder().decode(Manifest.self, from: data).keys ?? []
        return entries.map { ($0.dataset, Self.userKey($0.key)) }
    }

    /// A key as manifests write it: `raw:` and hexadecimal digits, or what a user would type.
    static func userKey(_ text: String) -> UserKey {
        guard text.hasPrefix("raw:") else {
            return UserKey(SecretBytes(copying: Array(text.utf8).rawBytes))
        }
        let digits = Array(text.dropFirst(4))
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0
        }
        return UserKey(SecretBytes(copying: bytes.rawBytes))
    }
}

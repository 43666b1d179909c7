import Foundation
import Synchronization

extension TestPool {
    /// What OpenZFS says about this archive (`NAME.facts.json`), or nil where nothing is recorded.
    ///
    /// For an archive outside `TestPools` that has its recorded truth beside it, the facts are taken from
    /// that with `TestPools/extract-facts`, once, and kept under `.build`.
    package func facts() throws -> JSONValue? {
        try Self.facts.withLock { known in
            if let document = known[archive] { return document }
            guard let path = try factsPath() else { return nil }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let document = try JSONValue(parsing: text)
            known[archive] = document
            return document
        }
    }

    /// The names of the pools in this archive, as far as facts are recorded, sorted.
    package var poolNames: [String] {
        ((try? facts()) ?? nil)?["pools"].members.keys.sorted() ?? []
    }

    private static let facts = Mutex<[String: JSONValue]>([:])

    private var folder: String { (archive as NSString).deletingLastPathComponent }

    private func factsPath() throws -> String? {
        let files = FileManager.default
        let places = [folder, Project.testPools].map { "\($0)/\(name).facts.json" }
        if let recorded = places.first(where: files.fileExists(atPath:)) { return recorded }
        guard files.fileExists(atPath: "\(folder)/\(name).truth.tar.zst") else { return nil }
        let size = try files.attributesOfItem(atPath: archive)[.size] as? NSNumber
        let kept = "\(Project.cache)/facts-\(size?.intValue ?? 0)"
        let made = "\(kept)/\(name).facts.json"
        if !files.fileExists(atPath: made) {
            try files.createDirectory(atPath: kept, withIntermediateDirectories: true)
            try Command.run("\(Project.testPools)/extract-facts", folder, kept, name)
        }
        return made
    }
}

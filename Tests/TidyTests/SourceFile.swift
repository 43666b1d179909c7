import Foundation
import TestSupport

/// One Swift file of the project.
struct SourceFile: Sendable, CustomStringConvertible {
    /// From the top of the source tree: `Sources/Bytes/GUID.swift`.
    let path: String
    let lines: [String]

    /// The target it belongs to: the folder below `Sources` or `Tests`.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    /// Its name without the ending.
    var stem: String {
        String((path.split(separator: "/").last ?? "").dropLast(".swift".count))
    }
    var description: String { path }

    /// The lines without comments, so that a rule is not broken by being mentioned.
    var code: [String] {
        lines.map { line in
            guard let comment = line.range(of: "//") else { return line }
            let before = line[..<comment.lowerBound]
            let quotes = before.filter { $0 == "\"" }.count
            return quotes % 2 == 1 ? line : String(before)
        }
    }

    /// The types that it declares outside all others.
    var topLevelTypes: [String] {
        let kinds = ["struct", "class", "enum", "protocol", "actor"]
        let modifiers = ["package", "public", "internal", "final", "indirect", "@main", "@safe"]
        return code.compactMap { line in
            guard let first = line.first, first != " ", first != "}" else { return nil }
            let words = line.split(separator: " ").map(String.init)
            let rest = Array(words.drop { modifiers.contains($0) })
            guard rest.count > 1, kinds.contains(rest[0]) else { return nil }
            return String(rest[1].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        }
    }

    /// The modules it imports.
    var imports: Set<String> {
        Set(
            code.compactMap { line in
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), words.count > place + 1 else {
                    return nil
                }
                guard words[..<place].allSatisfy({ Self.importModifiers.contains(String($0)) })
                else { return nil }
                let rest = words[(place + 1)...].filter { !Self.importKinds.contains(String($0)) }
                return rest.first.map { String($0.split(separator: ".")[0]) }
            })
    }

    private static let importModifiers: Set = [
        "package", "public", "internal", "private", "fileprivate", "@testable", "@preconcurrency",
        "@_exported",
    ]
    private static let importKinds: Set = [
        "struct", "class", "enum", "func", "protocol", "typealias",
    ]

    /// Every Swift file below `folder` of the project.
    static func all(below folder: String) -> [SourceFile] {
        let top = "\(Project.root)/\(folder)"
        guard let walk = FileManager.default.enumerator(atPath: top) else { return [] }
        return walk.compactMap { $0 as? String }
            .filter { $0.hasSuffix(".swift") }
            .sorted()
            .compactMap { name in
                guard let text = try? String(contentsOfFile: "\(top)/\(name)", encoding: .utf8)
                else {
                    return nil
                }
                return SourceFile(
                    path: "\(folder)/\(name)", lines: text.components(separatedBy: "\n"))
            }
    }
}

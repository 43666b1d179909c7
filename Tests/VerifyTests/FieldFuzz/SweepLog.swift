import Foundation

/// What a complete sweep has done so far, in a file of the folder that `ZINSPECT_FIELDS` names, so that it goes on where it stopped.
final class SweepLog {
    /// Where the log is kept; nil where no sweep was asked for.
    static let folder = ProcessInfo.processInfo.environment["ZINSPECT_FIELDS"]

    private let handle: FileHandle?
    private var done: Set<String> = []

    init(_ name: String) throws {
        guard let folder = Self.folder else {
            handle = nil
            return
        }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(name).tsv"
        if let text = try? String(contentsOfFile: path, encoding: .utf8) {
            done = Set(
                text.split(separator: "\n").compactMap {
                    $0.split(separator: "\t").first.map(String.init)
                })
        } else {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        handle = FileHandle(forWritingAtPath: path)
        _ = try handle?.seekToEnd()
    }

    func isDone(_ mutation: FieldMutation) -> Bool { done.contains("\(mutation)") }

    func note(_ mutation: FieldMutation, _ outcome: FieldSweep.Outcome) {
        handle?.write(Data("\(mutation)\t\(outcome)\n".utf8))
    }
}

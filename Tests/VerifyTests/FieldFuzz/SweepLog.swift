import Foundation
import Synchronization

/// What a complete sweep has done so far, in a file of the folder that `ZINSPECT_FIELDS` names, so that it goes on where it stopped.
///
/// A line for the beginning of each mutation and one for what came of it: one that ends the whole process is the one
/// without a second line.
final class SweepLog: Sendable {
    /// Where the log is kept; nil where no sweep was asked for.
    static let folder = ProcessInfo.processInfo.environment["ZINSPECT_FIELDS"]

    private struct State {
        let handle: FileHandle
        var verdicts: [String: FieldVerdict] = [:]
    }
    private let state: Mutex<State>
    /// What an earlier sweep began and did not end, or what failed: a later one begins with it.
    let unsettled: Set<String>

    init() throws {
        let folder = Self.folder ?? "."
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/sweep.tsv"
        if !files.fileExists(atPath: path) {
            _ = files.createFile(atPath: path, contents: nil)
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        _ = try handle.seekToEnd()
        var verdicts: [String: FieldVerdict] = [:]
        var unsettled: Set<String> = []
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t").map(String.init)
            guard parts.count == 2 else { continue }
            let verdict = Self.names.first { $0.value == parts[1] }?.key
            if let verdict, !verdict.isFailure {
                verdicts[parts[0]] = verdict
                unsettled.remove(parts[0])
            } else {
                verdicts[parts[0]] = nil
                unsettled.insert(parts[0])
            }
        }
        self.unsettled = unsettled
        state = Mutex(State(handle: handle, verdicts: verdicts))
    }

    func verdict(_ mutation: FieldMutation) -> FieldVerdict? {
        state.withLock { $0.verdicts["\(mutation)"] }
    }

    /// Every verdict, with the mutation that it is on.
    var verdicts: [String: FieldVerdict] { state.withLock { $0.verdicts } }

    func begin(_ mutation: FieldMutation) { write("\(mutation)\tbegun\n") }

    func note(_ mutation: FieldMutation, _ verdict: FieldVerdict) {
        state.withLock { $0.verdicts["\(mutation)"] = verdict }
        write("\(mutation)\t\(Self.names[verdict] ?? "")\n")
    }

    private func write(_ line: String) {
        state.withLock { $0.handle.write(Data(line.utf8)) }
    }

    private static let names: [FieldVerdict: String] = [
        .found: "found", .excepted: "excepted", .missed: "missed", .slow: "slow",
        .notMade: "not made",
    ]
}

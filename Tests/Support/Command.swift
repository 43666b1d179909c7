import Foundation

/// Another program, run to its end.
package struct Command: Sendable {
    package let status: Int32
    package let output: [UInt8]
    package let errors: [UInt8]

    /// Standard output as text.
    package var text: String { String(decoding: output, as: UTF8.self) }
    /// Standard error as text.
    package var errorText: String { String(decoding: errors, as: UTF8.self) }

    /// A program that did not end with status 0 where that was expected.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Runs a program found in PATH (or named by its path) with nothing on its standard input.
    package init(_ program: String, _ arguments: [String], directory: String? = nil) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = FileHandle.nullDevice
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        // Files, not pipes: a program that fills one pipe while we read the other would stand still.
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("zinspect-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let streams = ["out", "err"].map { folder.appendingPathComponent($0) }
        for stream in streams {
            _ = FileManager.default.createFile(atPath: stream.path, contents: nil)
        }
        let handles = try streams.map { try FileHandle(forWritingTo: $0) }
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        try process.run()
        process.waitUntilExit()
        for handle in handles { try handle.close() }
        output = [UInt8](try Data(contentsOf: streams[0]))
        errors = [UInt8](try Data(contentsOf: streams[1]))
        status = process.terminationStatus
    }

    /// Runs a program that must succeed.
    @discardableResult
    package static func run(_ program: String, _ arguments: String...) throws -> Command {
        let command = try Command(program, arguments)
        guard command.status == 0 else {
            throw Failure(
                description: "\(program) ended with status \(command.status): \(command.errorText)")
        }
        return command
    }

    /// Whether a program of that name can be found.
    package static func exists(_ program: String) -> Bool {
        (try? Command("sh", ["-c", "command -v \"$0\"", program]))?.status == 0
    }
}

import Foundation
import TestSupport

/// Something that a user may name by mistake, or that is left of a pool.
enum BadInput: String, CaseIterable, Sendable {
    case emptyFile = "empty"
    case textFile = "text.txt"
    case randomBytes = "random.img"
    case zeros = "zeros.img"
    case otherFilesystem = "ext4.img"
    case emptyDirectory = "folder"
    case missingFile = "missing"
    case characterDevice = "/dev/zero"
    case fifo = "fifo"

    /// The path, below a folder that the tests share.
    var path: String {
        rawValue.hasPrefix("/") ? rawValue : "\(Self.folder)/\(rawValue)"
    }

    /// All inputs lie in one folder of the build, made anew by each run.
    static let folder: String = {
        let folder = "\(Project.cache)/bad-input-\(ProcessInfo.processInfo.processIdentifier)"
        for input in allCases {
            do {
                try input.make(in: folder)
            } catch {
                print("\(input) could not be made: \(error)")
            }
        }
        atexit {
            try? FileManager.default.removeItem(atPath: BadInput.folder)
        }
        return folder
    }()

    private func make(in folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(rawValue)"
        switch self {
        case .emptyFile: try Data().write(to: URL(fileURLWithPath: path))
        case .textFile:
            try Data("This is no pool.\n".utf8).write(to: URL(fileURLWithPath: path))
        case .randomBytes:
            var generator = Seed.generator()
            let bytes = (0..<(1 << 20)).map { _ in generator.next() as UInt8 }
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        case .zeros: try Command.run("truncate", "-s", "64M", path)
        case .otherFilesystem:
            // The magic number of ext4 at its place is all that tells it.
            var bytes = [UInt8](repeating: 0, count: 8 << 20)
            bytes.replaceSubrange(1080..<1082, with: [0x53, 0xef])
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        case .emptyDirectory:
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
        case .fifo: try Command.run("mkfifo", path)
        case .missingFile, .characterDevice: break
        }
    }
}

import Bytes
package import Devices
import Foundation
import Synchronization

/// The list of what was copied, written while copying, so that an interrupted extraction can go on.
///
/// It lies in `.zinspect/manifest.jsonl` below the target: a header, and a line for each file. A line is added as
/// soon as its file is done; a later line of a file counts more than an earlier one. When all is done the list
/// is written again in the order of the walk, each file once. In memory are only places in it.
package final class Manifest: Sendable {
    private static let name = Array("manifest.jsonl".utf8)
    private static let newName = Array("manifest.new".utf8)
    /// A line longer than this is none of ours.
    private static let lineLimit = 16 << 20

    /// Where a line lies in the file.
    private struct Line {
        let offset: UInt64
        let byteCount: Int
    }

    private struct State {
        var end: UInt64
        /// The lines of this run with the numbers of their files in the order of the walk.
        var lines: [(order: UInt64, line: Line)] = []
    }

    package let header: ManifestHeader
    private let folder: OutputFolder
    private let file: OutputFile
    private let state: Mutex<State>
    /// What earlier runs noted, by a hash of dataset and path.
    private let earlier: [Int: Line]

    /// The manifest's path, for messages.
    package var path: String { folder.path + "/" + String(decoding: Self.name, as: UTF8.self) }

    /// Opens the manifest of a target, or begins one; throws where the target holds anything that is not of
    /// this source, unless files may be replaced.
    package init(
        _ header: ManifestHeader, in target: OutputFolder, replacesFiles: Bool
    ) throws(ExtractError) {
        self.header = header
        do throws(DeviceError) {
            let isEmpty = try target.isEmpty()
            let isOurs = try target.status(OutputName.notes)?.kind == .folder
            guard isEmpty || isOurs || replacesFiles else {
                throw DeviceError(device: target.path, .unsuitable("is not empty"))
            }
            let folder = try target.folder(OutputName.notes)
            self.folder = folder
            if let file = try folder.existingFile(Self.name) {
                let found = try Self.parse(file)
                if found.header == header {
                    earlier = found.lines
                    self.file = file
                    state = Mutex(State(end: found.end))
                    return
                }
                guard replacesFiles else {
                    throw DeviceError(
                        device: target.path,
                        .unsuitable(
                            found.header.map { "already holds \($0.source) of pool \($0.pool)" }
                                ?? "holds a manifest that can't be read"))
                }
                try folder.remove(Self.name)
            } else if !isEmpty, !replacesFiles {
                throw DeviceError(device: target.path, .unsuitable("is not empty"))
            }
            earlier = [:]
            file = try folder.createFile(Self.name)
            let line = try Self.line(header, target.path)
            try file.write(line.rawBytes, at: 0)
            state = Mutex(State(end: UInt64(line.count)))
        } catch {
            if case .unsuitable = error.reason {
                throw .occupied("\(error); name an empty folder, or give --overwrite")
            }
            throw .output(error)
        }
    }

    /// Whether an earlier run noted anything.
    package var isResumed: Bool { !earlier.isEmpty }

    /// What the last of the earlier runs that came to this file noted of it.
    func earlierEntry(dataset: String, path: String) -> ManifestEntry? {
        guard let line = earlier[Self.key(dataset, path)],
            let bytes = try? file.read(at: line.offset, count: line.byteCount),
            let entry = try? JSONDecoder().decode(ManifestEntry.self, from: Data(bytes)),
            entry.dataset == dataset, entry.path == path
        else { return nil }
        return entry
    }

    /// Notes what became of a file, at once on disk; `order` is its number in the walk.
    func add(_ entry: ManifestEntry, order: UInt64) throws(ExtractError) {
        do throws(DeviceError) {
            let bytes = try Self.line(entry, folder.path)
            try state.withLock { (state) throws(DeviceError) in
                try file.write(bytes.rawBytes, at: state.end)
                state.lines.append((order, Line(offset: state.end, byteCount: bytes.count)))
                state.end += UInt64(bytes.count)
            }
        } catch {
            throw .output(error)
        }
    }

    /// Writes the list again in order, each file once; to be called when all files are done.
    package func finish() throws(ExtractError) {
        let lines = state.withLock { $0.lines }.sorted { $0.order < $1.order }
        do throws(DeviceError) {
            if try folder.status(Self.newName) != nil { try folder.remove(Self.newName) }
            let new = try folder.createFile(Self.newName)
            var bytes = try Self.line(header, folder.path)
            var offset: UInt64 = 0
            for (_, line) in lines {
                bytes += try file.read(at: line.offset, count: line.byteCount)
                guard bytes.count > 1 << 20 else { continue }
                try new.write(bytes.rawBytes, at: offset)
                offset += UInt64(bytes.count)
                bytes.removeAll(keepingCapacity: true)
            }
            try new.write(bytes.rawBytes, at: offset)
            try folder.rename(Self.newName, to: Self.name)
        } catch {
            throw .output(error)
        }
    }

    private static func key(_ dataset: String, _ path: String) -> Int {
        var hasher = Hasher()
        hasher.combine(dataset)
        hasher.combine(path)
        return hasher.finalize()
    }

    private static func line<Value: Encodable>(
        _ value: Value, _ path: String
    ) throws(DeviceError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(value)) + [0x0a]
        } catch {
            throw DeviceError(device: path, .unsuitable("can't hold this entry: \(error)"))
        }
    }

    /// Reads what is there. A last line that was cut off, as a power cut leaves it, is passed over and
    /// written over: its file is copied again.
    private static func parse(
        _ file: OutputFile
    ) throws(DeviceError) -> (header: ManifestHeader?, lines: [Int: Line], end: UInt64) {
        struct Name: Decodable {
            let dataset: String
            let path: String
        }
        let decoder = JSONDecoder()
        var header: ManifestHeader?
        var lines: [Int: Line] = [:]
        var pending: [UInt8] = []
        var end: UInt64 = 0
        while true {
            let piece = try file.read(at: end + UInt64(pending.count), count: 1 << 20)
            if piece.isEmpty || pending.count > lineLimit { return (header, lines, end) }
            pending += piece
            var start = 0
            while let stop = pending[start...].firstIndex(of: 0x0a) {
                let count = stop + 1 - start
                let data = Data(pending[start..<stop])
                if end == 0 {
                    header = try? decoder.decode(ManifestHeader.self, from: data)
                } else if let name = try? decoder.decode(Name.self, from: data) {
                    lines[key(name.dataset, name.path)] = Line(offset: end, byteCount: count)
                }
                end += UInt64(count)
                start = stop + 1
            }
            pending.removeFirst(start)
        }
    }
}

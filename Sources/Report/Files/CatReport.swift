import Bytes
package import Datasets
import Devices
package import Files
import Foundation
import Objects

/// What `cat` writes: the bytes of files and volumes.
package struct CatReport {
    /// Zeros that stand for holes are written in pieces of this many bytes.
    private static let zeros = [UInt8](repeating: 0, count: 1 << 18)
    /// Bytes in one line of JSON; a multiple of 3, so that lines of base64 need no filling.
    private static let lineSize = 48 << 10

    let contents: PoolContents
    let output: Output
    let options: CatOptions

    package init(_ contents: PoolContents, _ output: Output, _ options: CatOptions) {
        self.contents = contents
        self.output = output
        self.options = options
    }

    /// Why writing ends before the end of a file.
    private enum Stop: Error {
        case unreadable(FilePiece, ObjectError)
        /// Whoever reads is gone, or the disk is full; the output says why.
        case unwritable
    }

    /// Writes what was named, one after another; false where one can't be read to its end.
    package func show(_ items: [PoolItem]) throws(PoolError) -> Bool {
        defer { output.report(contents.pool.notes) }
        var isComplete = true
        for item in items {
            do throws(FilesError) {
                let reader = try reader(of: item)
                if try !write(reader, named: "\(item)") { return isComplete }
            } catch {
                if case .pool(.cancelled) = error.reason { throw .cancelled }
                output.failure("\(error)")
                isComplete = false
            }
        }
        return isComplete
    }

    private func reader(of item: PoolItem) throws(FilesError) -> FileReader {
        let opened = try contents.open(item, followingLast: true)
        if let file = opened.file {
            if opened.item.part == .whole {
                throw FilesError(
                    .wrongKind(expected: "file", found: "file system"), path: "\(item)")
            }
            guard file.kind == .regular else {
                throw FilesError(
                    .wrongKind(expected: "file", found: "\(file.kind)"), path: "\(item)")
            }
            return file.contents
        }
        if case .volume(let volume, _) = opened.contents, opened.item.part == .whole {
            return volume.contents
        }
        guard let object = opened.object else {
            throw FilesError(.notFilesystem("a \(opened.contents)"), path: "\(item)")
        }
        // Any object by its number, as long as its blocks reach.
        return FileReader(object, size: object.byteCount)
    }

    /// Writes the bytes; false where nothing more can be written.
    private func write(_ reader: FileReader, named name: String) throws(FilesError) -> Bool {
        let ahead = ReadAhead(
            reader, memory: options.memory,
            workers: WorkerPool(threadCount: max(1, options.threads)))
        do throws(Stop) {
            try ahead.forEachPiece(from: options.offset, count: options.length) {
                piece throws(Stop) in
                switch piece.content {
                case .data(let bytes): try put(bytes, at: piece.offset, of: name)
                case .hole: try putZeros(piece, of: name)
                case .unreadable(let error):
                    guard options.skipsErrors else { throw .unreadable(piece, error) }
                    contents.pool.notes.damage(
                        name,
                        "zeros stand for \(piece.byteCount) bytes at \(piece.offset): \(error)",
                        code: .dataUnreadable)
                    try putZeros(piece, of: name)
                }
            }
            return true
        } catch {
            switch error {
            case .unwritable: return false
            case .unreadable(let piece, let cause):
                throw FilesError(
                    .damaged(
                        "the \(piece.byteCount) bytes at \(piece.offset) can't be read: \(cause)"
                            + "; --skip-errors writes zeros for them and goes on"), path: name)
            }
        }
    }

    private func put(_ bytes: [UInt8], at offset: UInt64, of name: String) throws(Stop) {
        guard output.options.isJSON else {
            guard output.bytes(bytes) else { throw .unwritable }
            return
        }
        for start in stride(from: 0, to: bytes.count, by: Self.lineSize) {
            let part = bytes[start..<min(start + Self.lineSize, bytes.count)]
            let record = Record([
                "name": .text(name), "offset": .offset(offset + UInt64(start)),
                "size": .bytes(UInt64(part.count)),
                "base64": .text(Data(part).base64EncodedString()),
            ])
            output.section(Section(type: "data", title: "", .record(record)))
        }
    }

    private func putZeros(_ piece: FilePiece, of name: String) throws(Stop) {
        guard !output.options.isJSON else {
            let record = Record([
                "name": .text(name), "offset": .offset(piece.offset),
                "size": .bytes(piece.byteCount),
            ])
            output.section(Section(type: "hole", title: "", .record(record)))
            return
        }
        var left = piece.byteCount
        while left > 0 {
            let count = Int(min(left, UInt64(Self.zeros.count)))
            let isWhole = count == Self.zeros.count
            guard output.bytes(isWhole ? Self.zeros : [UInt8](Self.zeros[..<count])) else {
                throw .unwritable
            }
            left -= UInt64(count)
        }
    }
}

import Bytes
import Files

/// Turns the files of a directory into the lines of a listing, columns set flush.
struct FileLines {
    let options: ListOptions
    let paint: Paint

    /// A line for each file.
    func lines(_ files: [(name: FileName, listed: ListedFile)]) -> [String] {
        guard options.isLong else {
            return files.map { number($0.listed) + name($0.name, $0.listed) }
        }
        let rows = files.map { columns($0.listed) }
        var widths = [Int](repeating: 0, count: rows.first?.count ?? 0)
        for row in rows {
            for (index, cell) in row.enumerated() {
                widths[index] = max(widths[index], cell.utf8.count)
            }
        }
        return zip(files, rows).map { file, row in
            var line = ""
            for (index, cell) in row.enumerated() {
                let gap = String(repeating: " ", count: widths[index] - cell.utf8.count)
                line += Self.isFlushLeft(index, of: row.count) ? cell + gap : gap + cell
                line += " "
            }
            return line + name(file.name, file.listed) + target(file.listed)
        }
    }

    private func number(_ listed: ListedFile) -> String {
        options.showsObjects ? "\(listed.entry.object) " : ""
    }

    /// Mode, links, owner, group, size, time; the object's number in front where that is wanted.
    private func columns(_ listed: ListedFile) -> [String] {
        let front = options.showsObjects ? ["\(listed.entry.object)"] : []
        guard let file = listed.readable else {
            return front + ["\(listed.kind.letter)?????????", "?", "?", "?", "?", "?"]
        }
        let attributes = file.attributes
        return front + [
            file.modeText + (file.hasFurtherACL ? "+" : ""), "\(attributes.links)",
            file.owner, file.owningGroup, size(of: file),
            Self.time(attributes.modificationTime),
        ]
    }

    /// Mode, owner, group and time begin at one place in all lines; numbers end at one.
    private static func isFlushLeft(_ index: Int, of count: Int) -> Bool {
        [count - 6, count - 4, count - 3, count - 1].contains(index)
    }

    private func size(of file: File) -> String {
        if file.kind.isDevice { return "\(file.attributes.device)" }
        let size = file.attributes.size
        return options.showsBytes ? "\(size)" : Units.size(size)
    }

    /// Moments outside of the years that have four digits are seconds since 1970.
    private static func time(_ time: FileTime) -> String {
        guard (-62_135_596_800..<253_402_300_800).contains(time.seconds) else {
            return "\(time.seconds) s"
        }
        return CalendarTime(seconds: time.seconds).text
    }

    private func name(_ name: FileName, _ listed: ListedFile) -> String {
        let text = name.shown
        let painted = paint.isOn ? role(listed).map { paint(text, $0) } ?? text : text
        return options.isClassified ? painted + suffix(listed) : painted
    }

    private func role(_ listed: ListedFile) -> Paint.Role? {
        if case .failure = listed.file { return .bad }
        switch listed.kind {
        case .directory: return .name
        case .symlink: return .dim
        case .regular: return listed.isExecutable ? .good : nil
        default: return .caution
        }
    }

    private func suffix(_ listed: ListedFile) -> String {
        switch listed.kind {
        case .directory: "/"
        case .symlink: options.isLong ? "" : "@"
        case .fifo: "|"
        case .socket: "="
        case .door: ">"
        default: listed.isExecutable ? "*" : ""
        }
    }

    private func target(_ listed: ListedFile) -> String {
        guard listed.kind == .symlink, let file = listed.readable else { return "" }
        do throws(FilesError) {
            return " -> " + FileName(try file.symlinkTarget()).shown
        } catch {
            return " -> ?"
        }
    }
}

extension ListedFile {
    fileprivate var isExecutable: Bool {
        guard let file = readable, file.kind == .regular else { return false }
        return file.attributes.mode & 0o111 != 0
    }
}

extension FileName {
    /// The name as a terminal may show it.
    var shown: String {
        // Most names are of characters that mean nothing to a terminal.
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) {
            return String(decoding: bytes, as: UTF8.self)
        }
        return description.printable
    }
}

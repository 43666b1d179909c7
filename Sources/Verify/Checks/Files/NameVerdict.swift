import Bytes
import Files
import Objects

/// The third round: what files say of their names, against the names that were found.
struct NameVerdict: Sendable {
    private let audit: FilesystemAudit
    private let table: ObjectTable
    /// Files that wait to be freed.
    private let queue: Set<UInt64>
    /// Why names may be missing; nil where all were read.
    private let namesMayBeMissing: String?

    init(_ audit: FilesystemAudit, _ table: ObjectTable, queue: Set<UInt64>) {
        self.audit = audit
        self.table = table
        self.queue = queue
        namesMayBeMissing = audit.gather { $0.namesMayBeMissing }
    }

    func judge(_ part: ObjectTable.Part) {
        var withheld = 0
        for offset in 0..<part.count {
            let number = part.first + UInt64(offset)
            let entry = part.entry(number)
            guard entry.has([.isFile, .isKnown]) else { continue }
            if !judge(number, entry) { withheld += 1 }
        }
        let count = withheld
        audit.gather { $0.withheldCount += count }
    }

    /// Returns false where it seems to lack names that may not have been read.
    private func judge(_ number: UInt64, _ entry: ObjectEntry) -> Bool {
        if number == audit.filesystem.root || number == audit.filesystem.sharesDirectory {
            judgeTop(number, entry)
        } else if queue.contains(number) {
            judgeQueued(number, entry)
        } else if entry.has(.isClaimed) {
            if entry.names > 0 { reportSeveral(number, entry.names + 1) }
        } else if entry.names == 0 {
            guard namesMayBeMissing == nil else { return false }
            audit.report(
                entry.links == 0 ? .unlinkedUnlisted : .orphan, number, path: nil,
                [
                    "kind": .text(FileKind(rawValue: entry.kind).description),
                    "parent": .number(entry.parent), "links": .number(UInt64(entry.links)),
                ])
        } else if entry.has(.isDirectory) {
            judgeDirectory(number, entry)
        } else {
            return judgeFile(number, entry)
        }
        return true
    }

    private func judgeTop(_ number: UInt64, _ entry: ObjectEntry) {
        if entry.names > 0 { reportSeveral(number, entry.names + 1) }
        guard number == audit.filesystem.root, entry.parent != number else { return }
        audit.report(
            .parentMismatch, number, path: "/",
            ["expected": .number(number), "found": .number(entry.parent)])
    }

    private func judgeQueued(_ number: UInt64, _ entry: ObjectEntry) {
        if entry.names > 0 {
            audit.report(
                .unlinkedNamed, number, path: audit.path(of: number),
                ["names": .number(UInt64(entry.names)), "links": .number(UInt64(entry.links))])
        } else if entry.links != 0 {
            audit.report(
                .linkCount, number, path: nil,
                ["expected": .number(0), "found": .number(UInt64(entry.links))])
        }
    }

    private func judgeDirectory(_ number: UInt64, _ entry: ObjectEntry) {
        if entry.names > 1 {
            reportSeveral(number, entry.names)
        } else if !entry.has(.isInParent) {
            audit.report(
                .parentMismatch, number, path: nil,
                ["kind": "directory", "found": .number(entry.parent)])
        }
    }

    private func reportSeveral(_ number: UInt64, _ names: UInt32) {
        audit.report(
            .directoryNamedTwice, number, path: audit.path(of: number),
            ["names": .number(UInt64(names))])
    }

    private func judgeFile(_ number: UInt64, _ entry: ObjectEntry) -> Bool {
        guard namesMayBeMissing == nil else {
            return entry.links <= entry.names && entry.has(.isInParent)
        }
        let isOff = entry.links != entry.names
        let isLost = !entry.has(.isInParent)
        guard isOff || isLost, let attributes = attributes(of: number) else { return true }
        if isOff {
            audit.report(
                .linkCount, number, path: audit.path(of: number),
                ["expected": .number(UInt64(entry.names)), "found": .number(attributes.links)])
        }
        guard isLost else { return true }
        let why = whyNeverIn(entry.parent, attributes)
        audit.report(
            why == nil ? .parentStale : .parentMismatch, number, path: nil,
            [
                "found": .number(entry.parent),
                "cause": .text(why ?? "the name there may have been a hard link that was removed"),
            ])
        return true
    }

    /// Why a file can never have had a name in the directory that it says it is in; nil where it can.
    ///
    /// ZFS updates the parent when a name is made and not when one is removed. So a parent that holds no name of
    /// the file is right where a hard link there was removed since, which changed the file after it was made.
    /// The directory may be gone and its number used again.
    private func whyNeverIn(_ parent: UInt64, _ file: ObjectAttributes) -> String? {
        if file.flags.contains(.isExtendedAttribute) { return "attributes have no hard links" }
        if parent == 0 { return "there is no object 0" }
        if let made = file.creationTime.totalNanoseconds,
            let changed = file.changeTime.totalNanoseconds, changed >= made,
            changed - made < Self.shortestLink
        {
            return "the file was not changed since it was made, so no name of it was removed"
        }
        let entry = table[parent]
        guard entry.has([.isFile, .isKnown]), let other = attributes(of: parent),
            other.generation <= file.generation
        else {
            return entry.has(.exists) && !entry.has(.isFile) ? "the object is no directory" : nil
        }
        if !entry.has(.isDirectory) { return "the object is no directory, and older than the file" }
        guard let made = file.creationTime.totalNanoseconds,
            let changed = file.changeTime.totalNanoseconds, changed >= made,
            let filled = other.changeTime.totalNanoseconds, filled < made
        else { return nil }
        return "the directory was not changed since the file was made"
    }

    /// A tenth of a second in nanoseconds: no name comes and goes so soon after its file was made.
    private static let shortestLink: Int64 = 100_000_000

    private func attributes(of number: UInt64) -> ObjectAttributes? {
        guard let object = try? audit.set.object(number) else { return nil }
        return try? audit.filesystem.attributes(of: object)
    }
}

extension NameVerdict {
    /// Finds directories whose way up does not end, each circle by its lowest number.
    func findLoops() {
        for part in table.parts where !audit.context.isCancelled {
            for offset in 0..<part.count { follow(part.first + UInt64(offset)) }
        }
    }

    /// Goes up from a directory, and notes where that leads back to a directory that it came by.
    ///
    /// Directories on the way are not kept, for a way may be as long as there are directories: a circle is found by Brent's
    /// method, which remembers one of them and looks for it twice as long each time.
    private func follow(_ number: UInt64) {
        var (current, remembered) = (number, number)
        var (steps, limit): (UInt64, UInt64) = (0, 1)
        while let above = above(current) {
            current = above
            steps += 1
            if current == remembered {
                reportCircle(through: current, count: steps)
                break
            }
            if steps == limit {
                remembered = current
                (steps, limit) = (0, limit &* 2)
            }
        }
        // Each directory is marked when it was followed, so the way up is walked once in all.
        current = number
        while let above = above(current) {
            table.update(current) { $0.state.insert(.isFollowed) }
            current = above
        }
    }

    /// The parent of a directory that was not followed yet; nil where the way up ends.
    private func above(_ number: UInt64) -> UInt64? {
        let entry = table[number]
        guard entry.has([.isDirectory, .isKnown, .isInParent]), !entry.has(.isFollowed),
            number != audit.filesystem.root, number != audit.filesystem.sharesDirectory
        else { return nil }
        return entry.parent
    }

    private func reportCircle(through number: UInt64, count: UInt64) {
        var (current, lowest) = (number, number)
        while let above = above(current), above != number {
            current = above
            lowest = min(lowest, current)
        }
        audit.report(
            .directoryLoop, lowest, path: nil, ["directories": .number(count)])
    }
}

import Bytes
import Datasets
import Devices
import Files
import Objects

/// The second round: the entries of every directory.
extension FilesystemAudit {
    func readDirectories(
        of part: ObjectTable.Part, _ table: ObjectTable, queue: Set<UInt64>
    ) {
        forEachObject(of: part) { object in
            guard table[object.number].has(.isDirectory) else { return }
            let zap: ZAP
            do {
                zap = try ZAP(object)
            } catch {
                noteIncomplete("directory \(object.number) can't be read: \(error)")
                return
            }
            var directory = DirectoryAudit(self, table, object.number)
            let problems = zap.forEachEntry { directory.take($0) }
            directory.compareNames(zap)
            if let problem = problems.first(where: \.mayHideEntries) {
                noteIncomplete("directory \(object.number) is damaged: \(problem.what)")
            } else {
                directory.judge(object, isQueued: queue.contains(object.number))
            }
            context.meter.add(directory.entryCount)
        }
    }

    private func noteIncomplete(_ why: String) {
        gather { $0.incomplete = $0.incomplete ?? why }
    }

    /// What a number in a set takes at most while that grows, in bytes.
    private static let bytesPerQueued = 48

    /// The files that wait to be freed.
    func readQueue(_ table: ObjectTable) -> Set<UInt64> {
        guard let number = filesystem.deleteQueueObject,
            let object = try? set.object(number), let zap = try? ZAP(object)
        else { return [] }
        let unreadable = gather { $0.unreadable }
        var members: Set<UInt64> = []
        let problems = zap.forEachEntry { entry in
            guard !isEnding else { return }
            guard let member = entry.uint64, entry.name == String(member, radix: 16) else {
                report(
                    .unlinkedMissing, number, key: entry.name,
                    ["cause": "the entry is not a number under its own name"])
                return
            }
            if members.insert(member).inserted, !memory.take(Self.bytesPerQueued) {
                members = []
                return giveUp()
            }
            if !unreadable.contains(member), !table[member].has(.isFile) {
                report(
                    .unlinkedMissing, member, key: entry.name,
                    [
                        "queue": .number(number),
                        "cause":
                            table[member].has(.exists)
                            ? "the object is no file" : "the object is free",
                    ])
            }
        }
        if let problem = problems.first(where: \.mayHideEntries) {
            noteIncomplete("the queue of files to be freed is damaged: \(problem.what)")
        }
        return members
    }
}

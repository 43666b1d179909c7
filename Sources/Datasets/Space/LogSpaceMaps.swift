package import Bytes
package import Objects

/// The log space maps of a pool, oldest first.
///
/// A ZAP in the object directory: the txg in hexadecimal to the object of a space map.
package struct LogSpaceMaps: Sendable {
    package let logs: [LogSpaceMap]

    package init(_ logs: [LogSpaceMap]) { self.logs = logs.sorted { $0.txg < $1.txg } }

    /// Reads the list; a pool without the feature has none. What can't be read goes to the notes.
    package init(_ meta: MetaObjects, _ directory: ObjectDirectory) {
        var logs: [LogSpaceMap] = []
        if let object = directory.object(.logSpaceMaps) {
            for (name, value) in meta.values(of: object, "log space maps") {
                guard let txg = UInt64(name, radix: 16), let number = value.uint64 else {
                    meta.damage(
                        object, "log space maps", "the entry \(name) names no txg",
                        code: .logSpaceMapName)
                    continue
                }
                do throws(PoolError) {
                    logs.append(
                        LogSpaceMap(
                            txg: TransactionGroup(txg), map: try meta.spaceMap(number)))
                } catch {
                    meta.notes.damage(
                        "log space map of txg \(txg)", "\(error)", code: .logSpaceMapUnreadable)
                }
            }
        }
        self.init(logs)
    }

    /// One change that a log holds.
    package struct Change: Sendable, Hashable {
        package let txg: TransactionGroup
        package let vdev: UInt32
        /// In bytes from the start of the vdev's allocatable space.
        package let range: Range<UInt64>
        package let kind: SpaceMapEntry.Kind
    }

    /// Visits every change of all logs, oldest first, and gives what is wrong to `problem`.
    package func forEachChange(
        _ visit: (Change) -> Void, problem: (LogSpaceMap, String) -> Void
    ) {
        for log in logs {
            let problems = log.map.forEachEntry { entry in
                guard let vdev = entry.vdev,
                    let range = entry.range(start: 0, shift: LogSpaceMap.shift)
                else {
                    problem(log, "the entry at byte \(entry.position) names no vdev")
                    return
                }
                visit(Change(txg: log.txg, vdev: vdev, range: range, kind: entry.kind))
            }
            for found in problems { problem(log, found.what) }
        }
    }
}

/// What an extraction came to.
package struct ExtractSummary: Sendable {
    /// Files of each kind that are wholly or partly there, hard links counted like others.
    package internal(set) var kinds: [String: UInt64] = [:]
    package internal(set) var completeCount: UInt64 = 0
    package internal(set) var incompleteCount: UInt64 = 0
    /// Files that could not be read at all.
    package internal(set) var failedCount: UInt64 = 0
    /// Files that the target did not take.
    package internal(set) var refusedCount: UInt64 = 0
    /// Those of them that only root may make: device nodes.
    package internal(set) var forbiddenCount: UInt64 = 0
    /// Files that an earlier run had copied.
    package internal(set) var resumedCount: UInt64 = 0
    /// Records of which some copy was bad or missing although they could be read.
    package internal(set) var savedCount: UInt64 = 0
    /// Bytes of contents in complete and incomplete copies, holes included.
    package internal(set) var byteCount: UInt64 = 0
    package internal(set) var damagedByteCount: UInt64 = 0
    /// How many copies lack their owner, their times, an attribute of a kind.
    package internal(set) var notSet: [String: UInt64] = [:]
    /// Copies whose ACL stands in the manifest, since no target can hold it.
    package internal(set) var recordedACLCount: UInt64 = 0
    /// Copies that have another name than their original.
    package internal(set) var renamedCount: UInt64 = 0
    /// The first of those that are not complete, in the order of the walk.
    package internal(set) var unfinished: [ManifestEntry] = []

    /// Whether everything that was asked for is there.
    package var isComplete: Bool { incompleteCount == 0 && failedCount == 0 && refusedCount == 0 }

    mutating func count(_ entry: ManifestEntry) {
        switch entry.state {
        case .complete: completeCount += 1
        case .incomplete: incompleteCount += 1
        case .failed: failedCount += 1
        case .refused:
            refusedCount += 1
            if entry.isForbidden { forbiddenCount += 1 }
        }
        if entry.state == .complete || entry.state == .incomplete {
            // An incomplete dataset is told of, but is no file.
            if entry.kind != "dataset" { kinds[entry.kind, default: 0] += 1 }
            if entry.xxh3 != nil || entry.kind == "file" { byteCount &+= entry.size }
            if entry.isRenamed { renamedCount += 1 }
        }
        damagedByteCount &+= entry.damagedBytes ?? 0
        if entry.nfs4Entries != nil { recordedACLCount += 1 }
        for what in Set((entry.notSet ?? []).map(Self.family)) { notSet[what, default: 0] += 1 }
    }

    /// `xattr user.color` counts as `user.* attributes`.
    private static func family(_ what: String) -> String {
        guard what.hasPrefix("xattr ") else { return what }
        let space = what.dropFirst("xattr ".count).split(separator: ".").first ?? ""
        return "\(space).* attributes"
    }
}

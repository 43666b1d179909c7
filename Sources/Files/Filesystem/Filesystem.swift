package import Objects
import Vdevs

/// A file system or a snapshot of one: names, files, and what is known of them.
///
/// Opening reads the master node and the tables that it names; a table that can't be read is a problem
/// and not an error, since files can be read without it. Mirrors `zfsvfs_init`
/// (`module/os/linux/zfs/zfs_vfsops.c`).
package final class Filesystem: Sendable {
    /// `MASTER_NODE_OBJ`.
    package static let masterNode: UInt64 = 1

    package let objectSet: ObjectSet
    /// The version of the file system's own format, 1 to 5; not of the pool.
    package let version: UInt64
    package let matcher: NameMatcher
    /// Only names that are UTF-8 are accepted (`utf8only`).
    package let utf8Only: Bool
    /// The root directory's object number.
    package let root: UInt64
    /// The object that lists files that were unlinked while open; nil where there is none.
    package let deleteQueueObject: UInt64?
    /// The directory of shares; nil where there is none.
    package let sharesDirectory: UInt64?
    /// The tables of system attributes; those of early versions are fixed.
    package let systemAttributes: SystemAttributes
    package let domains: FUIDTable
    /// All entries of the master node that are one number.
    package let masterEntries: [String: UInt64]
    /// What could not be read although the file system can.
    package let problems: [FilesProblem]
    /// What a log changes, where the file system is shown as it is after its replay.
    let replayed: ReplayedChanges?

    /// `base` with the changes that a log makes.
    init(_ base: Filesystem, replayed: ReplayedChanges) {
        objectSet = base.objectSet
        version = base.version
        matcher = base.matcher
        utf8Only = base.utf8Only
        root = base.root
        deleteQueueObject = base.deleteQueueObject
        sharesDirectory = base.sharesDirectory
        systemAttributes = base.systemAttributes
        domains = base.domains
        masterEntries = base.masterEntries
        problems = base.problems
        self.replayed = replayed
    }

    /// A file system whose master node can't be read, from what was found out without it.
    init(_ set: ObjectSet, root: UInt64, _ attributes: SystemAttributes, _ problem: FilesProblem) {
        objectSet = set
        version = 5
        matcher = NameMatcher(sensitivity: .sensitive, normalization: .none)
        utf8Only = false
        self.root = root
        deleteQueueObject = nil
        sharesDirectory = nil
        systemAttributes = attributes
        domains = .empty
        masterEntries = [:]
        problems = [problem]
        replayed = nil
    }

    /// Opens the file system in an object set; throws where its master node or root can't be found.
    package init(_ set: ObjectSet) throws(FilesError) {
        guard set.type == .filesystem else {
            throw FilesError(.notFilesystem("\(set.type)"))
        }
        objectSet = set
        replayed = nil
        let master: ZAP
        do {
            master = try ZAP(try set.object(Self.masterNode))
        } catch {
            // OpenZFS's userland makes datasets that only a first mount would fill.
            guard error.reason != .notAllocated || set.pointer.fill > 0 else {
                throw FilesError(.neverWritten)
            }
            throw FilesError(.object(error))
        }
        var entries: [String: UInt64] = [:]
        var problems: [FilesProblem] = []
        let damage = master.forEachEntry { entry in
            if let word = entry.uint64 { entries[entry.name] = word }
        }
        problems += damage.map { FilesProblem(object: Self.masterNode, "\($0.what)") }
        masterEntries = entries
        version = entries["VERSION"] ?? 0
        if !(1...5).contains(version) {
            problems.append(
                FilesProblem(object: Self.masterNode, "the version \(version) is not known"))
        }
        guard let root = entries["ROOT"] else {
            throw FilesError(.object(ObjectError(object: Self.masterNode, .noEntry("ROOT"))))
        }
        self.root = root
        matcher = NameMatcher(
            sensitivity: CaseSensitivity(rawValue: entries["casesensitivity"] ?? 0) ?? .sensitive,
            normalization: Normalization(rawValue: entries["normalization"] ?? 0))
        utf8Only = entries["utf8only"] ?? 0 != 0
        deleteQueueObject = entries["DELETE_QUEUE"]
        sharesDirectory = entries["SHARES"]
        let tables = Self.tables(entries, set, &problems)
        systemAttributes = tables.attributes
        domains = tables.domains
        self.problems = problems
    }

    private static func tables(
        _ entries: [String: UInt64], _ set: ObjectSet, _ problems: inout [FilesProblem]
    ) -> (attributes: SystemAttributes, domains: FUIDTable) {
        var attributes = SystemAttributes.legacy
        var domains = FUIDTable.empty
        do throws(ObjectError) {
            if let number = entries["SA_ATTRS"] {
                let table = try SystemAttributes(set, tables: number)
                problems += table.problems.map { FilesProblem(object: number, $0) }
                attributes = table
            }
        } catch {
            problems.append(
                FilesProblem(object: error.object, "system attributes can't be read: \(error)"))
        }
        do throws(ObjectError) {
            if let number = entries["FUID"], number != 0 {
                domains = try FUIDTable(try set.object(number))
                problems += domains.problems.map { FilesProblem(object: number, "\($0)") }
            }
        } catch {
            problems.append(
                FilesProblem(object: error.object, "the FUID table can't be read: \(error)"))
        }
        return (attributes, domains)
    }
}

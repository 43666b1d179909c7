import Bytes
import Files
import Objects
import Vdevs

/// The check of one file's attributes by themselves.
struct AttributeAudit {
    private let audit: FilesystemAudit
    private let object: DMUObject
    private let attributes: ObjectAttributes

    init(_ audit: FilesystemAudit, _ object: DMUObject, _ attributes: ObjectAttributes) {
        self.audit = audit
        self.object = object
        self.attributes = attributes
    }

    /// Returns whether the mode says a kind of file that the object can be.
    func run() -> Bool {
        if let problem = attributes.problems.first {
            report(.attributeBuffer, "\(problem)")
            // What can't be read counts as zero, which says nothing.
            return false
        }
        let isSound = checkMode()
        checkValues()
        checkPackedAttributes()
        checkAccess()
        if attributes.kind == .regular { checkEnd() }
        return isSound
    }

    private func checkMode() -> Bool {
        let kinds: [FileKind] = [
            .fifo, .characterDevice, .directory, .blockDevice, .regular, .symlink, .socket, .door,
            .eventPort,
        ]
        let isDirectory = object.type == .directory
        guard
            !kinds.contains(attributes.kind) || isDirectory != (attributes.kind == .directory)
                || attributes.mode >> 16 != 0
        else { return true }
        audit.report(
            .fileMode, object.number, path: path,
            [
                "mode": .text("0" + String(attributes.mode, radix: 8)),
                "object_type": .text("\(object.type)"),
            ])
        return false
    }

    private var path: String? { audit.path(of: object.number) }

    private func checkValues() {
        let times = [
            ("access", attributes.accessTime), ("modification", attributes.modificationTime),
            ("change", attributes.changeTime), ("creation", attributes.creationTime),
        ]
        for (name, time) in times where time.nanoseconds > 999_999_999 {
            report(.fileAttribute, "the \(name) time has \(time.nanoseconds) nanoseconds")
        }
        if attributes.size > UInt64(Int64.max) {
            report(.fileAttribute, "the size is \(attributes.size)")
        }
        if attributes.device.rawValue != 0, !attributes.kind.isDevice {
            report(.fileAttribute, "it has device number \(attributes.device), and is no device")
        }
        // The kernel stores as many bytes as the size says; other writers put one more behind them.
        if attributes.kind == .symlink, let target = attributes.symlinkTarget,
            attributes.size != UInt64(target.count),
            attributes.size != UInt64(max(1, target.count) - 1)
        {
            report(
                .fileAttribute,
                "the size is \(attributes.size), and the target has \(target.count) bytes")
        }
        if attributes.flags.contains(.hasProject), attributes.project == nil {
            report(.projectFlag, "there is no ZPL_PROJID")
        }
    }

    /// The list in `ZPL_DXATTR`; mirrors `zfs_sa_get_xattr` (`module/zfs/zfs_sa.c`).
    private func checkPackedAttributes() {
        guard let packed = attributes.extendedAttributes, !packed.isEmpty else { return }
        do throws(FormatError) {
            let decoding = try NVList.decode(packed.rawBytes)
            if let finding = decoding.findings.first {
                report(.attributeList, "\(finding)")
            }
            for pair in decoding.list.pairs {
                switch pair.value {
                case .byteArray, .uint8Array: break
                default: report(.attributeList, "\(pair.name) is no array of bytes")
                }
            }
        } catch {
            report(.attributeList, "\(error)")
        }
    }

    private func checkAccess() {
        let domains = audit.filesystem.domains
        for (what, who) in [("owner", attributes.user), ("group", attributes.group)]
        where !who.isPOSIX && domains.domain(who.domainIndex) == nil {
            report(.accessList, "its \(what) is of domain \(who.domainIndex), which is unknown")
        }
        let list: AccessList?
        do throws(FilesError) {
            list = try File(object, attributes, in: audit.filesystem).accessList()
        } catch {
            if !error.isUnreadableBlock { report(.accessList, "\(error)") }
            return
        }
        guard let list else { return }
        if let problem = list.problem {
            report(.accessList, "\(problem)")
            return
        }
        if case .entries(let bytes, _, _) = attributes.acl {
            let needed = list.entries.reduce(0) { $0 + $1.byteCount }
            if needed != bytes.count {
                report(
                    .accessList,
                    "\(list.entries.count) entries take \(needed) bytes, and it has \(bytes.count)")
            }
        }
        if let unknown = list.entries.first(where: { entry in
            !entry.isAbstract && !entry.who.isPOSIX
                && domains.domain(entry.who.domainIndex) == nil
        }) {
            report(.accessList, "it names \(unknown.who) of an unknown domain")
        }
    }

    /// Looks for blocks past the end where the tree reaches further than the size.
    private func checkEnd() {
        let size = UInt64(object.blockSize)
        let last = object.dnode.maximumBlockID
        let first = attributes.size / size + (attributes.size % size == 0 ? 0 : 1)
        guard last > 0, first <= last else { return }
        struct Found: Error { let index: UInt64 }
        do throws(Found) {
            try object.tree.forEachPointer(from: first) {
                step throws(Found) -> IndirectTree.Descent in
                if case .pointer(_, level: 0, let index) = step, index >= first {
                    throw Found(index: index)
                }
                return .into
            }
        } catch {
            audit.report(
                .dataPastEnd, object.number, path: path,
                ["size": .bytes(attributes.size), "block": .number(error.index)])
        }
    }

    private func report(_ kind: ProblemKind, _ why: String) {
        // Without attributes there is no parent, and so no path.
        let path = kind == .attributeBuffer ? nil : path
        audit.report(kind, object.number, path: path, ["cause": .text(why)])
    }
}

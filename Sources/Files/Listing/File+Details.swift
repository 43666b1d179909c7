package import Bytes
import Objects

extension File {
    /// Everything that is known of the file beside its contents.
    ///
    /// `extentLimit` bounds how many runs of data and holes are listed. What can't be read of it is told
    /// in the `problems` of the record.
    package func details(extentLimit: Int) -> Record {
        var record = summary
        let dnode = object.dnode
        record.add("permissions", .text(modeText))
        record.add("parent", .number(attributes.parent))
        record.add("generation", .number(attributes.generation))
        record.add("flags", .text(attributes.flags.description))
        record.add("project", attributes.project.map { .number($0) })
        record.add("change_sequence", attributes.changeSequence.map { .number($0) })
        record.add("scan_stamp", attributes.scanStamp.map { .data($0) })
        record.add("stored_as", .text(attributes.form.text))
        record.add("object_type", .text("\(object.type)"))
        record.add("block_size", .bytes(UInt64(object.blockSize)))
        record.add("indirect_block_size", .bytes(UInt64(dnode.indirectBlockSize)))
        record.add("levels", .number(UInt64(dnode.levels)))
        record.add("blocks", .number(contents.recordCount))
        record.add("dnode_size", .bytes(UInt64(dnode.byteCount)))
        record.add("checksum", .text("\(dnode.checksum)"))
        record.add("compression", .text("\(dnode.compression)"))
        addExtents(to: &record, limit: extentLimit)
        var problems = attributes.problems.map { "\($0)" }
        addAttributes(to: &record, &problems)
        addACL(to: &record, &problems)
        if !problems.isEmpty { record.add("problems", .list(problems.map { .text($0) })) }
        return record
    }

    private func addExtents(to record: inout Record, limit: Int) {
        guard kind == .regular else { return }
        contents.addExtents(to: &record, limit: limit)
    }

    private func addAttributes(to record: inout Record, _ problems: inout [String]) {
        let attributes = ExtendedAttributes(of: self)
        problems += attributes.problems.map { "\($0)" }
        var values: [Record.Value] = []
        for attribute in attributes.list.sorted(by: { $0.name < $1.name }) {
            let name = attribute.name.description
            if [PosixACL.accessName, PosixACL.defaultName].contains(name) {
                do throws(FormatError) {
                    let acl = try PosixACL(attribute.value.rawBytes)
                    let key = name == PosixACL.accessName ? "posix_acl" : "default_posix_acl"
                    record.add(key, .list(acl.entries.map { .text($0.description) }))
                } catch {
                    problems.append("\(name): \(error)")
                }
            }
            values.append(
                .record(Record(["name": .text(name), "value": Self.shown(attribute.value)])))
        }
        if !values.isEmpty { record.add("extended_attributes", .list(values)) }
    }

    /// A value as text where it is some, else its bytes.
    private static func shown(_ value: [UInt8]) -> Record.Value {
        let isText = !value.isEmpty && value.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
        guard isText, let text = String(validating: value, as: UTF8.self) else {
            return .data(value)
        }
        return .text(text)
    }

    private func addACL(to record: inout Record, _ problems: inout [String]) {
        do throws(FilesError) {
            guard let list = try accessList() else { return }
            record.add("acl", .list(list.entries.map { .text($0.text(filesystem.domains)) }))
            if let problem = list.problem { problems.append("\(problem)") }
        } catch {
            problems.append("the ACL can't be read: \(error)")
        }
    }
}

extension ObjectAttributes.Form {
    fileprivate var text: String {
        switch self {
        case .none: "nothing known"
        case .znode: "znode"
        case .systemAttributes: "system attributes"
        }
    }
}

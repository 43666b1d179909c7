import Bytes
package import Datasets
package import Files
import Objects

/// What `stat` shows: everything that is known of a file, a volume or a dataset beside its contents.
package struct StatReport {
    /// As many runs of data and holes are listed without `-v`.
    private static let extentLimit = 16

    let contents: PoolContents
    let output: Output

    package init(_ contents: PoolContents, _ output: Output) {
        self.contents = contents
        self.output = output
    }

    /// Shows what was named; false where a name led nowhere.
    package func show(_ items: [PoolItem]) throws(PoolError) -> Bool {
        defer { output.report(contents.pool.notes) }
        var isComplete = true
        for item in items {
            do throws(FilesError) {
                try show(item)
            } catch {
                if case .pool(.cancelled) = error.reason { throw .cancelled }
                output.failure("\(error)")
                isComplete = false
            }
        }
        return isComplete
    }

    private var extentLimit: Int { output.options.verbosity > 0 ? .max : Self.extentLimit }

    private func show(_ item: PoolItem) throws(FilesError) {
        if item.part == .whole && !item.isMeta { return try showDataset(item) }
        let opened: OpenedItem
        do throws(FilesError) {
            opened = try contents.open(item)
        } catch {
            guard case .noKey = error.reason, case .object(let number) = item.part else {
                throw error
            }
            return try showSealed(number, item)
        }
        var record = Record(["dataset": .text(item.dataset)])
        if let file = opened.file {
            if case .filesystem(let filesystem) = opened.contents {
                record.add("path", path(of: file, in: filesystem))
            }
            for entry in file.details(extentLimit: extentLimit).entries {
                record.add(entry.name, entry.value)
            }
            noteProblems(record, "\(item)")
            show(record, "file", "\(item)")
        } else if let object = opened.object {
            for entry in object.record.entries { record.add(entry.name, entry.value) }
            show(record, "object", "\(item)")
        } else {
            show(opened.contents.objectSet.header.record, "object_set", "\(item)")
        }
    }

    /// Of an encrypted dataset without its key the fixed parts of dnodes can still be read.
    private func showSealed(_ number: UInt64, _ item: PoolItem) throws(FilesError) {
        let object: DMUObject
        do throws(PoolError) {
            let dataset = try contents.dataset(named: item.dataset)
            let set = try contents.objectSet(of: dataset)
            do {
                object = try set.object(number)
            } catch {
                throw .object(error)
            }
        } catch {
            throw FilesError(.pool(error), path: "\(item)")
        }
        show(object.record, "object", "\(item)")
        output.unchecked(what: "\(item)", why: "\(FilesError.Reason.noKey)")
    }

    private func path(of file: File, in filesystem: Filesystem) -> Record.Value {
        do throws(FilesError) {
            return .text(Filesystem.text(try filesystem.path(of: file.number)))
        } catch {
            // A file that was unlinked while open has no path, and that is nothing wrong.
            return .none
        }
    }

    private func showDataset(_ item: PoolItem) throws(FilesError) {
        var record: Record
        let dataset: Dataset
        do throws(PoolError) {
            dataset = try contents.dataset(named: item.dataset)
            let tree = try contents.pool.datasets()
            record = DumpReport(contents, output).row(dataset, in: tree)
        } catch {
            throw FilesError(.pool(error))
        }
        record.add("compressed_bytes", .bytes(dataset.stored.compressedBytes))
        record.add("uncompressed_bytes", .bytes(dataset.stored.uncompressedBytes))
        let flags = dataset.stored.flags.names
        if !flags.isEmpty { record.add("flags", .list(flags.map { .text($0) })) }
        addEncryption(of: dataset, to: &record)
        addResumeState(of: dataset, to: &record)
        do throws(FilesError) {
            add(try contents.open(dataset), to: &record)
        } catch {
            switch error.reason {
            case .noKey: output.unchecked(what: dataset.name, why: "\(error.reason)")
            case .neverWritten: break
            case .pool(.cancelled): throw error
            default:
                contents.pool.notes.damage(dataset.name, "\(error)", code: .filesystemUnreadable)
            }
        }
        show(record, "dataset", dataset.name)
    }

    private func addEncryption(of dataset: Dataset, to record: inout Record) {
        guard let keyring = contents.keyring, keyring.isEncrypted(dataset) else { return }
        do throws(PoolError) {
            guard let node = try contents.pool.datasets().node(of: dataset) else { return }
            if let object = try keyring.keyObject(of: node) {
                record.add("encryption", .record(object.record))
            }
            record.add(
                "encryption_root", try keyring.encryptionRoot(of: node).map { .text($0.name) })
        } catch {
            contents.pool.notes.damage(
                "encryption of \(dataset.name)", "\(error)", code: .keyUnreadable)
        }
        record.add("locked", .flag(contents.isLocked(dataset)))
    }

    /// How far an interrupted `zfs receive -s` came.
    private func addResumeState(of dataset: Dataset, to record: inout Record) {
        var state = Record()
        for (name, value) in dataset.fields.resumeState.sorted(by: { $0.key < $1.key }) {
            state.add(name, value.recordValue)
        }
        if !state.entries.isEmpty { record.add("receive", .record(state)) }
    }

    private func add(_ opened: DatasetContents, to record: inout Record) {
        switch opened {
        case .filesystem(let filesystem):
            record.add("filesystem_version", .number(filesystem.version))
            record.add("case_sensitivity", .text("\(filesystem.matcher.sensitivity)"))
            record.add("normalization", .text("\(filesystem.matcher.normalization)"))
            record.add("utf8_only", .flag(filesystem.utf8Only))
            record.add("root_object", .number(filesystem.root))
            addQueue(of: filesystem, to: &record)
            for problem in filesystem.problems {
                contents.pool.notes.damage(
                    record["name"]?.text ?? "", "\(problem)", code: .filesystemDamaged)
            }
        case .volume(let volume, _):
            record.add("volume_size", .bytes(volume.size))
            record.add("volume_block_size", .bytes(UInt64(volume.contents.recordSize)))
            volume.contents.addExtents(to: &record, limit: extentLimit)
        case .other: break
        }
    }

    private func addQueue(of filesystem: Filesystem, to record: inout Record) {
        do throws(FilesError) {
            let queue = try DeletionQueue(of: filesystem)
            guard !queue.objects.isEmpty else { return }
            record.add("unlinked_objects", .list(queue.objects.map { .number($0) }))
        } catch {
            contents.pool.notes.damage(
                record["name"]?.text ?? "", "the deletion queue: \(error)", code: .deletionQueue)
        }
    }

    private func noteProblems(_ record: Record, _ place: String) {
        guard case .list(let problems) = record["problems"] else { return }
        for problem in problems {
            contents.pool.notes.damage(place, problem.text, code: .attributesDamaged)
        }
    }

    private func show(_ record: Record, _ type: String, _ title: String) {
        output.section(Section(type: type, title: title, .record(record)))
    }
}

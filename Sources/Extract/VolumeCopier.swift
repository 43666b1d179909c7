import Devices
import Files

/// Copies a volume to a sparse file of its size.
struct VolumeCopier {
    let context: CopyContext
    let dataset: String
    /// The transaction group of the volume's state, by which a later run knows that nothing changed.
    let generation: UInt64

    /// Copies to a name in `folder` that is its own; throws what ends the extraction.
    func copy(_ volume: Volume, into folder: FolderJob, name: [UInt8]) throws(ExtractError) {
        let order = context.tally.takeOrder()
        var entry = ManifestEntry(
            dataset: dataset, path: "", object: Volume.dataObject, kind: "volume",
            size: volume.size, generation: generation)
        let place = folder.place + [name]
        entry.written = "/" + place.map { FileName($0).description }.joined(separator: "/")
        do throws(DeviceError) {
            if let done = try finishedBefore(entry, folder, name) {
                context.tally.addResumed()
                entry = done
            } else {
                try copy(volume, folder, name, &entry)
            }
        } catch {
            guard !error.endsExtraction else { throw .output(error) }
            entry.refuse("\(error)")
        }
        try context.control.check()
        try context.add(entry, order: order)
    }

    private func finishedBefore(
        _ entry: ManifestEntry, _ folder: FolderJob, _ name: [UInt8]
    ) throws(DeviceError) -> ManifestEntry? {
        guard let done = context.manifest.earlierEntry(dataset: dataset, path: ""),
            done.state == .complete, done.size == entry.size, done.generation == generation,
            done.written == entry.written,
            try folder.output.status(name)?.byteCount == entry.size
        else { return nil }
        return done
    }

    private func copy(
        _ volume: Volume, _ folder: FolderJob, _ name: [UInt8], _ entry: inout ManifestEntry
    ) throws(DeviceError) {
        if context.replaces, try folder.output.status(name) != nil {
            try folder.output.remove(name)
        }
        let output = try folder.output.createFile(name)
        let outcome = try FileCopier(context: context, isLarge: true)
            .copy(volume.contents, to: output)
        entry.xxh3 = outcome.hash
        guard !outcome.damage.isEmpty else { return }
        entry.damagedBytes = outcome.damage.byteCount
        entry.note(outcome.damage.sentence, isLoss: true)
        try DamageFile(context: context, folder: folder, name: name).write(outcome.damage, entry)
    }
}

import Bytes
import Devices

/// Writes the map of a file's damage beside it, as `NAME.damage.json`.
struct DamageFile {
    static let ending = ".damage.json"

    let context: CopyContext
    let folder: FolderJob
    let name: [UInt8]

    /// Takes away the map that an earlier run wrote.
    func removeOld() throws(DeviceError) {
        let mapName = OutputName.adding(Self.ending, to: name)
        guard !folder.hasClaim(context.key(mapName)),
            try folder.output.status(mapName)?.kind == .file
        else { return }
        try folder.output.remove(mapName)
    }

    func write(_ damage: DamageMap, _ entry: ManifestEntry) throws(DeviceError) {
        let mapName = context.name(ofNote: Self.ending, to: name, in: folder)
        let document: [UInt8]
        do {
            document = try damage.document(entry)
        } catch {
            throw DeviceError(
                device: folder.output.path, .unsuitable("can't hold a damage map: \(error)"))
        }
        if context.replaces, try folder.output.status(mapName) != nil {
            try folder.output.remove(mapName)
        }
        try folder.output.createFile(mapName).write(document.rawBytes, at: 0)
    }
}

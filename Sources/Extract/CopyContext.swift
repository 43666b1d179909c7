import Devices
import Files

/// What all copies of one extraction share.
final class CopyContext: Sendable {
    let target: OutputFolder
    let manifest: Manifest
    let options: ExtractOptions
    let control: ExtractControl
    let tally = ExtractTally()
    let queue: CopyQueue
    /// Whether the target takes names that differ in case only for the same.
    let ignoresCase: Bool
    /// Whether what stands in the way of a file goes: it may be replaced, or an interrupted run left it.
    let replaces: Bool

    init(
        to path: String, of header: ManifestHeader, _ options: ExtractOptions,
        _ control: ExtractControl
    ) throws(ExtractError) {
        self.options = options
        self.control = control
        OutputFolder.takeSizeLimitsAsErrors()
        do {
            target = try OutputFolder.open(path)
        } catch {
            throw .output(error)
        }
        manifest = try Manifest(header, in: target, replacesFiles: options.replacesFiles)
        replaces = options.replacesFiles || manifest.isResumed
        do {
            ignoresCase = try target.status(Array(".ZINSPECT".utf8)) != nil
        } catch {
            throw .output(error)
        }
        queue = CopyQueue(threadCount: options.threadCount)
    }

    /// Notes what became of a file; throws where the manifest can't be written.
    func add(_ entry: ManifestEntry, order: UInt64) throws(ExtractError) {
        try manifest.add(entry, order: order)
        tally.add(entry, order: order)
        control.meter.add(ExtractPlan.byteCountPerFile)
    }

    /// The same in a thread that can't throw: an error ends the extraction.
    func addChecked(_ entry: ManifestEntry, order: UInt64) {
        do {
            try add(entry, order: order)
        } catch {
            control.fail(error)
        }
    }

    /// A name in `folder` for an entry of the pool that no other entry has there.
    func name(_ original: FileName, object: UInt64, in folder: FolderJob) -> [UInt8] {
        let name = OutputName.name(original, object: object, isTop: folder.place.isEmpty)
        if folder.claim(key(name)) { return name }
        var attempt = OutputName.adding("~\(object)", to: name)
        while !folder.claim(key(attempt)) { attempt = OutputName.adding("~", to: attempt) }
        return attempt
    }

    /// A name for a note that belongs to the file `name`, such as a map of its damage.
    func name(ofNote ending: String, to name: [UInt8], in folder: FolderJob) -> [UInt8] {
        var attempt = OutputName.adding(ending, to: name)
        var mark = ""
        while !folder.claim(key(attempt)) {
            mark += "~"
            attempt = OutputName.adding(mark + ending, to: name)
        }
        return attempt
    }

    /// The name as the target compares it with others.
    func key(_ name: [UInt8]) -> [UInt8] {
        guard ignoresCase else { return name }
        return Array(String(decoding: name, as: UTF8.self).lowercased().utf8)
    }
}

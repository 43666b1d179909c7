import Files
import Objects
import Vdevs

/// The names of some files: every entry of any directory that leads to one of them, found by reading all directories once.
struct FileNames {
    struct Name {
        let directory: UInt64
        let bytes: [UInt8]
        /// As the entry says it.
        let kind: FileKind
    }

    private var names: [UInt64: [Name]] = [:]
    /// A directory could not be read whole, so that there may be more names.
    private(set) var isIncomplete = false

    init(of wanted: Set<UInt64>, in set: ObjectSet) {
        guard !wanted.isEmpty else { return }
        set.forEachDnode { visit in
            switch visit {
            case .damaged: isIncomplete = true
            case .object(let object):
                guard object.type == .directory else { return }
                guard let zap = try? ZAP(object) else {
                    isIncomplete = true
                    return
                }
                let problems = zap.forEachEntry { entry in
                    guard case .name(let bytes) = entry.key, let word = entry.uint64 else { return }
                    let target = DirectoryEntry(name: FileName(bytes), word: word)
                    guard wanted.contains(target.object) else { return }
                    names[target.object, default: []].append(
                        Name(directory: object.number, bytes: bytes, kind: target.kind))
                }
                if !problems.isEmpty { isIncomplete = true }
            }
        }
    }

    subscript(_ number: UInt64) -> [Name] { names[number] ?? [] }
}

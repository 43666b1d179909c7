import Synchronization

/// Files with several names: where each was put first, and which names wait for that.
final class LinkTable: Sendable {
    /// Another name of a file that is copied elsewhere.
    struct Link: Sendable {
        let folder: FolderJob
        let name: [UInt8]
        let path: String
        let order: UInt64
    }

    /// What was found under the first name.
    struct Original: Sendable {
        let place: FolderJob.Place
        let entry: ManifestEntry
    }

    enum Answer {
        /// The name is the first; whoever asked has to copy the file and call `finish`.
        case first
        /// The first name is not finished yet; this one is linked by whoever finishes it.
        case waiting
        case known(Original)
    }

    private enum Slot {
        case pending([Link])
        case done(Original)
    }

    private let slots = Mutex<[UInt64: Slot]>([:])

    func ask(_ object: UInt64, _ link: Link) -> Answer {
        slots.withLock { slots in
            switch slots[object] {
            case nil:
                slots[object] = .pending([])
                return .first
            case .pending(let links):
                slots[object] = .pending(links + [link])
                return .waiting
            case .done(let original): return .known(original)
            }
        }
    }

    /// The names that waited.
    func finish(_ object: UInt64, _ original: Original) -> [Link] {
        slots.withLock { slots in
            defer { slots[object] = .done(original) }
            guard case .pending(let links) = slots[object] else { return [] }
            return links
        }
    }
}

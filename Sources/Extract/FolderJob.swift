import Devices
import Synchronization

/// A folder of the copy that is being filled.
///
/// What it bears, its time above all, is set when nothing below it is pending any more: each thing that is put
/// into a folder changes its time. Every file under way holds its folder, and every folder the one above.
final class FolderJob: Sendable {
    /// A place below the target, as written.
    typealias Place = [[UInt8]]

    let output: OutputFolder
    let place: Place
    private let parent: FolderJob?
    private let pending = Atomic<Int>(1)
    private let ending = Mutex<(@Sendable () -> Void)?>(nil)
    private let names = Mutex<Set<[UInt8]>>([])

    /// Begins with one hold, that of whoever fills it.
    init(_ output: OutputFolder, place: Place, in parent: FolderJob?) {
        self.output = output
        self.place = place
        self.parent = parent
        parent?.hold()
    }

    /// What is to be done when the folder is filled.
    func whenFilled(_ body: @escaping @Sendable () -> Void) { ending.withLock { $0 = body } }

    func hold() { pending.wrappingAdd(1, ordering: .relaxed) }

    func release() {
        guard pending.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 else {
            return
        }
        ending.withLock { $0 }?()
        parent?.release()
    }

    /// Whether a name is taken; `key` is the name as the target compares it.
    func hasClaim(_ key: [UInt8]) -> Bool { names.withLock { $0.contains(key) } }

    /// Takes a name for something that is going to be written; false where it is taken.
    func claim(_ key: [UInt8]) -> Bool { names.withLock { $0.insert(key).inserted } }
}

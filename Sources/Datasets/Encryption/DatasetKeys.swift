import Synchronization

/// The keys of a pool's encrypted datasets that were opened, and what they were opened with.
///
/// Whoever reads or writes a dataset of the pool finds its key here; a `Keyring` puts it in.
package final class DatasetKeys: Sendable {
    /// A user's key with the object of a directory that it opened.
    package struct Given: Sendable {
        package let directory: UInt64
        package let key: UserKey
    }

    private struct State {
        var opened: [UInt64: DatasetKey] = [:]
        var given: [Given] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// What users gave that opened something, in that order: enough to open another state of the pool as well.
    package var given: [Given] { state.withLock { $0.given } }

    /// The key that was unwrapped from a key object; nil where none was given that opens it.
    package subscript(keyObject: UInt64) -> DatasetKey? {
        state.withLock { $0.opened[keyObject] }
    }

    var isEmpty: Bool { state.withLock { $0.opened.isEmpty } }

    /// Keeps keys by their key objects, and what they were opened with.
    func add(_ opened: [UInt64: DatasetKey], openedBy given: Given) {
        state.withLock { state in
            state.opened.merge(opened) { _, new in new }
            state.given.append(given)
        }
    }
}

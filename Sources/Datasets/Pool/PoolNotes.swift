package import Blocks
import Synchronization

/// What was met on the way while a pool was read, each thing once, in the order in which it was met.
///
/// Everything that reads a pool adds to it, so that one command can tell all and choose its exit status.
package final class PoolNotes: Sendable {
    /// A hostile pool can hold a problem in every entry; what comes after so many is only counted.
    package static let limit = 10_000
    /// Bytes of texts that are kept: names on a hostile pool may be of any length.
    private static let byteLimit = 16 << 20

    private struct State {
        var list: [PoolNote] = []
        var known: Set<PoolNote> = []
        var omitted = 0
        var byteCount = 0
        /// The pool's, which keeps these notes itself.
        weak var watch: (any ChangeWatch)?
    }

    private let state = Mutex(State())

    package init() {}

    package func add(_ note: PoolNote) {
        state.withLock { state in
            guard !state.known.contains(note) else { return }
            let size = note.place.utf8.count + note.cause.utf8.count
            guard state.list.count < Self.limit, size <= Self.byteLimit - state.byteCount else {
                state.omitted += 1
                return
            }
            state.byteCount += size
            state.known.insert(note)
            state.list.append(note)
        }
    }

    /// Notes that something is broken; once the pool has moved on, nobody can tell that from what was
    /// overwritten, so then it changed.
    ///
    /// `object` is the object of the MOS that is broken, where it is one.
    package func damage(
        _ place: String, _ cause: String, code: PoolNote.Code, object: UInt64? = nil
    ) {
        let isChange = hasMovedOn
        add(
            PoolNote(
                isChange ? .changed : .damage, code: isChange ? .changed : code, place: place,
                cause: cause, object: object))
    }

    /// Tells whether the pool has moved on since it was opened.
    package var watch: (any ChangeWatch)? {
        get { state.withLock { $0.watch } }
        set { state.withLock { $0.watch = newValue } }
    }

    var hasMovedOn: Bool { watch?.movedOn() != nil }

    package func state(_ place: String, _ cause: String, code: PoolNote.Code) {
        add(PoolNote(.state, code: code, place: place, cause: cause))
    }

    package var all: [PoolNote] {
        state.withLock { state in
            guard state.omitted > 0 else { return state.list }
            return state.list + [
                PoolNote(
                    .damage, code: .moreProblems, place: "the pool",
                    cause: "\(state.omitted) further problems are not listed")
            ]
        }
    }

    /// Whether anything was broken or missing.
    package var hasDamage: Bool { all.contains { $0.kind == .damage } }
}

package import Datasets

extension Output {
    /// Reports what was met while a pool was read: damage and its state as findings, what changed under the
    /// reader as not checked, since nobody can tell what it was.
    package func report(_ notes: PoolNotes) {
        for note in notes.all {
            guard note.kind == .changed else {
                finding(Finding(note))
                continue
            }
            unchecked(
                what: note.place,
                why: "changed while reading, since the pool is in use: \(note.cause)")
        }
    }
}

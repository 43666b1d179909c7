/// A pair or value that can't be read at all; the decoder turns it into a finding and goes on.
struct NVFailure: Error {
    /// In bytes from the start of the packed list.
    let offset: Int
    let what: NVFinding.What

    init(_ offset: Int, _ what: NVFinding.What) {
        self.offset = offset
        self.what = what
    }

    /// The bytes end before what is at `offset` does.
    init(_ place: OutOfBounds) {
        offset = place.offset
        what = .truncated(
            needed: place.count, available: max(0, place.available - place.offset))
    }
}

/// The requests of one device: those being read in order of their offsets, and those that came since.
///
/// As a lift serves those who called before it set off, a sweep is sorted once and read to its end; what comes
/// meanwhile waits for the next. So nothing waits longer than two sweeps, and a device is read forwards.
struct ReadSweep: Sendable {
    private var current: [ReadRequest] = []
    private var next = 0
    private var incoming: [ReadRequest] = []

    /// How many wait to be read.
    var count: Int { current.count - next + incoming.count }

    mutating func add(_ requests: ArraySlice<ReadRequest>) { incoming += requests }

    mutating func removeAll() {
        current = []
        incoming = []
        next = 0
    }

    /// Moves the next run of neighbours to `extent`; false where nothing waits that may be read now.
    ///
    /// A new sweep begins with `minimum` requests or more. Neighbours are requests with no more than `gap`
    /// bytes between them, `limit` bytes in all; a single request may be longer.
    mutating func take(
        into extent: inout [ReadRequest], minimum: Int, gap: UInt64, limit: UInt64
    ) -> Bool {
        extent.removeAll(keepingCapacity: true)
        if next == current.count {
            guard incoming.count >= max(1, minimum) else { return false }
            swap(&current, &incoming)
            incoming.removeAll(keepingCapacity: true)
            current.sort { ($0.offset, $0.count) < ($1.offset, $1.count) }
            next = 0
        }
        let start = current[next].offset
        var end = current[next].end
        repeat {
            extent.append(current[next])
            end = max(end, current[next].end)
            next += 1
        } while next < current.count && current[next].end - start <= limit
            && (current[next].offset <= end || current[next].offset - end <= gap)
        return true
    }
}

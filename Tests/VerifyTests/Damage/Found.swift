import Bytes
import Verify

/// What a check must say: a code and the exact place.
struct Found: Hashable, Sendable, CustomStringConvertible {
    let code: String
    let location: Location

    init(_ kind: ProblemKind, _ change: (inout Location) -> Void) {
        code = kind.code
        var location = Location()
        change(&location)
        self.location = location
    }

    init(_ problem: Problem) {
        code = problem.kind.code
        location = problem.location
    }

    /// A place in a metaslab: whose, which map, and the run of bytes where it is about one.
    init(
        _ kind: ProblemKind, _ metaslab: EditedPool.MetaslabPlace, _ bytes: Range<UInt64>? = nil,
        object: UInt64? = nil, txg: UInt64? = nil
    ) {
        self.init(kind) { location in
            location.vdev = metaslab.vdev
            location.metaslab = metaslab.index
            location.object = object ?? (metaslab.map == 0 ? nil : metaslab.map)
            location.offset = bytes?.lowerBound
            location.size = bytes.map { $0.upperBound - $0.lowerBound }
            location.txg = txg.map { .init($0) }
        }
    }

    var description: String {
        "\(code) "
            + location.record.entries.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
}

import Bytes
import Vdevs

/// What is wrong with the copies on one device.
struct CopyShare: Sendable {
    private(set) var findings: [CopyFinding] = []
    private(set) var count: UInt64 = 0
    private var byteCount: UInt64 = 0
    /// From the first place that is wrong to the last, in bytes from the start of the device.
    private var range: Range<UInt64>?
    private var vdev: UInt32 = 0
    /// What the device lacks because it was away, which is no damage.
    private(set) var behindCount: UInt64 = 0
    private var behindByteCount: UInt64 = 0
    /// Places of a device that are told one by one.
    static let mostSingles = 64

    mutating func addBehind(count: UInt64, byteCount: UInt64, vdev: UInt32) {
        // Sound: counts of runs and sums of their sizes.
        behindCount &+= count
        behindByteCount &+= byteCount
        self.vdev = vdev
    }

    mutating func add(_ finding: CopyFinding) {
        if findings.count < Self.mostSingles { findings.append(finding) }
        // Sound: counts of blocks and sums of their sizes; a run ends on its device.
        count &+= 1
        byteCount &+= finding.byteCount
        vdev = finding.address.vdev
        let start = finding.run.offset
        let end = start &+ UInt64(finding.run.byteCount)
        range = min(range?.lowerBound ?? start, start)..<max(range?.upperBound ?? end, end)
    }

    private func location(_ device: String) -> Location {
        var location = Location(device: device)
        location.vdev = UInt64(vdev)
        return location
    }

    /// One finding for the whole device.
    func whole(_ device: String, _ kind: ProblemKind) -> Problem {
        var evidence = Record(["places": .number(count), "size": .bytes(byteCount)])
        evidence.add("first_offset", range.map { .offset($0.lowerBound) })
        evidence.add("last_offset", range.map { .offset($0.upperBound) })
        evidence.add("cause", findings.first.map { .text($0.cause) })
        return Problem(kind, at: location(device), evidence: evidence)
    }

    func behind(_ device: String) -> Problem {
        Problem(
            .deviceBehind, at: location(device),
            evidence: Record([
                "places": .number(behindCount), "size": .bytes(behindByteCount),
            ]))
    }
}

import Bytes
import Devices
import TestSupport
import Testing
import Vdevs
import Verify

/// What labels alone tell, of devices that no file can stand in for.
@Suite struct LabelProblemTests {
    /// What is made here.
    static let kinds: Set<ProblemKind> = [.labelUnreadable]

    @Test func `a label in sectors that can't be read is told, the others are not`() throws {
        let path = try #require(try TestPool.named("basic").devicePaths().first)
        let device = HostileDevice(try FileDevice(path: path), .failingOnce(0))
        let problems = LabelProblems(LabelSet(device)).all
        #expect(Set(problems.map(\.kind)) == Self.kinds)
        #expect(problems.first?.location.label == 0)
    }

    @Test func `every complaint about a list has a kind`() {
        let complaints: [NVFinding.What] = [
            .embeddedNUL, .unterminatedString, .badName("is empty"), .unknownType(99),
            .wrongElementCount(type: .uint64, declared: 2, expected: 1), .noEnd, .tooMany,
        ]
        #expect(
            complaints.map { ProblemKind.nvlist($0).code } == [
                "nvlist.embedded-nul", "nvlist.unterminated-string", "nvlist.bad-name",
                "nvlist.bad-value", "nvlist.bad-size", "nvlist.damaged", "nvlist.damaged",
            ])
    }
}

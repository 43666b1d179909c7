import Blocks
import Bytes
import Devices
import TestSupport
import Testing
import Vdevs

/// Pools with redundancy, read while as many devices fail as it covers.
@Suite struct DamageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let pool: String
        /// How many devices of a top-level vdev may fail beside those that already do.
        let spare: Int
        var testDescription: String { "\(pool) without \(spare)" }
    }

    private static let cases = [
        Case(pool: "mirror", spare: 2), Case(pool: "raidz1", spare: 1),
        Case(pool: "gangraidz", spare: 2),
        Case(pool: "draid2", spare: 2), Case(pool: "expanded", spare: 1),
        Case(pool: "expanding", spare: 1), Case(pool: "new-draid2", spare: 2),
        Case(pool: "draidspare", spare: 1),
    ]

    /// A few sets of leaves that fail together: neighbours, the ends, and those far apart.
    private static func losses(_ node: VdevNode, _ count: Int) -> [[GUID]] {
        let leaves = node.children.filter(\.kind.isLeaf).map(\.guid)
        guard count > 1 else { return leaves.map { [$0] } }
        return [
            Array(leaves.prefix(count)), Array(leaves.suffix(count)),
            [leaves[0], leaves[leaves.count / 2]],
        ]
    }

    @Test("lost devices are made up for", arguments: cases)
    func missing(_ test: Case) throws {
        let probe = try ProbePool(TestPool.named(test.pool))
        let top = try #require(probe.root.children.first)
        var incidents = 0
        for lost in Self.losses(top, test.spare) {
            let changes = Dictionary(
                uniqueKeysWithValues: lost.map { ($0, nil as (any BlockDevice)?) })
            let census = try probe.census(probe.reader(changing: changes), metadataOnly: true)
            #expect(census.failures.isEmpty, "without \(lost)")
            incidents += census.incidents
        }
        #expect(incidents > 0)
    }

    @Test("devices that lie are found out by the checksum", arguments: cases)
    func silent(_ test: Case) throws {
        let probe = try ProbePool(TestPool.named(test.pool))
        let top = try #require(probe.root.children.first)
        var incidents = 0
        for (lost, behaviour) in zip(
            Self.losses(top, test.spare), [HostileDevice.Behaviour.lying, .zeroed, .failing])
        {
            var changes: [GUID: (any BlockDevice)?] = [:]
            for guid in lost {
                changes[guid] = HostileDevice(try #require(probe.devices[guid]), behaviour)
            }
            let census = try probe.census(probe.reader(changing: changes), metadataOnly: true)
            #expect(census.failures.isEmpty, "\(behaviour) on \(lost)")
            incidents += census.incidents
        }
        #expect(incidents > 0)
    }

    @Test func `without any device the error names those it needs`() throws {
        let probe = try ProbePool(TestPool.named("raidz1"))
        let changes = probe.devices.mapValues { _ in nil as (any BlockDevice)? }
        do throws(BlockError) {
            _ = try probe.reader(changing: changes).read(probe.rootPointer)
            Issue.record("the root was read without a device")
        } catch {
            #expect("\(error)".contains("is missing"))
        }
    }
}

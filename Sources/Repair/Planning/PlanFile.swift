import Bytes
package import Datasets
import Devices
import FoundationEssentials
import Vdevs
import Verify

/// A plan as a file of JSON that a person can read, and that can be carried out later.
///
/// It holds every byte that is to be written and a hash of every byte that is to be overwritten; carried out it is only where
/// all of them are still there.
package struct PlanFile: Codable, Sendable {
    private struct Action: Codable, Sendable {
        let cure: String
        let repair: String
        let what: String
        let codes: [String]
        let losses: [RepairLoss]
    }

    private struct Write: Codable, Sendable {
        let stage: Int
        let device: String
        let offset: UInt64
        let size: Int
        let before: String
        let after: Data
    }

    private let schema: Int
    private let pool: String
    private let guid: String
    private let txg: UInt64
    private let newTxg: UInt64
    private let actions: [Action]
    private let uncovers: Set<RepairConsequence>?
    private let writes: [Write]
    private let blockCount: Int
    private let storedBytes: UInt64
    private let missed: [String]
    /// Of all else, so that what somebody has changed in the file is not carried out.
    private var hash = ""

    package init(_ plan: RepairPlan) {
        schema = Self.currentSchema
        pool = plan.poolName
        guid = "\(plan.pool)"
        txg = plan.txg.rawValue
        newTxg = plan.commit.txg.rawValue
        actions = plan.actions.map {
            Action(
                cure: $0.cure, repair: $0.repair.rawValue, what: $0.what, codes: $0.codes,
                losses: $0.losses)
        }
        uncovers = plan.uncovers.isEmpty ? nil : plan.uncovers
        writes = plan.commit.stages.enumerated().flatMap { stage, writes in
            writes.enumerated().map { index, write in
                Write(
                    stage: stage, device: "\(write.device)", offset: write.patch.offset,
                    size: write.patch.bytes.count, before: plan.before[stage][index],
                    after: Data(write.patch.bytes))
            }
        }
        blockCount = plan.commit.blockCount
        storedBytes = plan.commit.storedBytes
        missed = plan.commit.missed.map { "\($0)" }.sorted()
    }

    private static let currentSchema = 2

    /// The hash of everything but itself.
    private func digest() throws -> String {
        var bare = self
        bare.hash = ""
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try PatchFile.hash(of: [[UInt8](try encoder.encode(bare))])
    }

    /// Saves it to a file that must not exist.
    package func save(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        var sealed = self
        sealed.hash = try digest()
        let bytes = [UInt8](try encoder.encode(sealed))
        let file = try OutputFile.create(path)
        do {
            try file.write(bytes.rawBytes, at: 0)
            try file.flush()
        } catch {
            OutputFile.discard(path)
            throw error
        }
    }

    /// Throws where the file can't be read or is no plan.
    package init(contentsOf path: String) throws {
        let file = try FileDevice(path: path)
        guard let count = Int(exactly: file.byteCount), count <= Self.mostBytes else {
            throw RepairError.changed("\(path) is too large for a plan (\(file.byteCount) bytes)")
        }
        let data = Data(try file.read(at: 0, count: count))
        let decoder = JSONDecoder()
        guard let version = try? decoder.decode(Version.self, from: data) else {
            throw RepairError.changed("\(path) is no plan of zinspect, or is not complete")
        }
        guard version.schema == Self.currentSchema else {
            throw RepairError.changed(
                "\(path) is a plan of another version (schema \(version.schema)); plan again")
        }
        guard let plan = try? decoder.decode(Self.self, from: data) else {
            throw RepairError.changed("\(path) is no plan of zinspect: parts of it are missing")
        }
        guard try plan.digest() == plan.hash else {
            throw RepairError.changed(
                "\(path) was changed since it was made: its hash is wrong; plan again")
        }
        self = plan
    }

    /// What every version has.
    private struct Version: Decodable {
        let schema: Int
    }

    /// Bytes are written as base 64, and no repair writes gigabytes.
    private static let mostBytes = 4 << 30

    /// The plan; throws where it is not for this pool, or what is in the file makes no sense.
    package func plan(for pool: Pool) throws(RepairError) -> RepairPlan {
        guard guid == "\(pool.guid)" else {
            throw .changed("the plan is for the pool with GUID \(guid), not for \(pool.guid)")
        }
        var stages: [[DeviceWrite]] = []
        var before: [[String]] = []
        for write in writes.sorted(by: { $0.stage < $1.stage }) {
            guard let device = UInt64(write.device), write.after.count == write.size,
                (0..<16).contains(write.stage)
            else { throw .changed("a write of the plan makes no sense") }
            while stages.count <= write.stage {
                stages.append([])
                before.append([])
            }
            stages[write.stage].append(
                DeviceWrite(GUID(device), at: write.offset, [UInt8](write.after)))
            before[write.stage].append(write.before)
        }
        let commit = PreparedCommit(
            txg: TransactionGroup(newTxg), uberblock: pool.uberblock, stages: stages,
            missed: Set(missed.compactMap { UInt64($0).map { GUID($0) } }), blockCount: blockCount,
            storedBytes: storedBytes)
        return RepairPlan(
            poolName: self.pool, pool: pool.guid, txg: TransactionGroup(txg),
            actions: actions.map {
                RepairAction(
                    cure: $0.cure, repair: RepairClass(rawValue: $0.repair) ?? .discard,
                    what: $0.what, codes: $0.codes, losses: $0.losses)
            }, cured: [], uncovers: uncovers ?? [], commit: commit, before: before)
    }
}

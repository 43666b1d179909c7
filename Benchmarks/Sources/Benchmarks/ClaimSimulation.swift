import Devices
import Glibc
import Synchronization
import Verify

/// Feeds the allocation engine with the claims of a pool of 100 TiB, as the workers of a census would, and has it
/// compared with space maps that agree.
///
/// It states rates, the memory that the engine says it held and the process really had, and what was spilled.
/// The pool has 6,400 metaslabs of 16 GiB on ten vdevs and 50 million claimed runs.
struct ClaimSimulation {
    private let threads: Int
    /// In MiB.
    private let budget: Int
    private static let metaslabsPerVdev = 640

    /// `arguments` are the budget in MiB and the number of threads.
    init?(_ arguments: [String]) {
        guard arguments.count == 2, let budget = Int(arguments[0]), budget > 0,
            let threads = Int(arguments[1]), threads > 0
        else { return nil }
        self.budget = budget
        self.threads = threads
    }

    func run() throws {
        let vdevs = (0..<10).compactMap { number in
            VdevGeometry(
                vdev: number, ashift: 12, metaslabShift: 34,
                allocatableSize: UInt64(Self.metaslabsPerVdev) << 34)
        }
        let sequence = ClaimSequence(
            metaslabCount: vdevs.count * Self.metaslabsPerVdev, claimsPerMetaslab: 7813,
            unitsPerMetaslab: 1 << 22)
        let folder = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/var/tmp"
        let scratch = try ScratchFile(directory: folder)
        let claims = SpaceClaims(vdevs: vdevs, budget: budget << 20, scratch: scratch)
        let start = Stopwatch.now()
        collect(sequence, claims)
        let middle = Stopwatch.now()
        let held = ResidentMemory.peak
        compare(sequence, claims)
        let end = Stopwatch.now()
        print(
            "\(threads) threads, budget \(budget) MiB:"
                + rate("collect", sequence.count, middle - start)
                + rate("compare", sequence.count, end - middle)
                + "  held \(claims.peakByteCount >> 20) MiB"
                + "  resident \(held >> 20) then \(ResidentMemory.peak >> 20) MiB"
                + "  spilled \(scratch.byteCount >> 20) MiB")
    }

    private func rate(_ name: String, _ count: Int, _ nanoseconds: UInt64) -> String {
        let tenths = UInt64(count) * 10_000 / max(1, nanoseconds)
        return "  \(name) \(nanoseconds / 1_000_000) ms (\(tenths / 10).\(tenths % 10) M/s)"
    }

    private func collect(_ sequence: ClaimSequence, _ claims: SpaceClaims) {
        let threads = threads
        WorkerPool(threadCount: threads).forEach(below: threads) { worker in
            var collector = ClaimCollector(claims)
            do {
                for position in stride(from: worker, to: sequence.positionCount, by: threads) {
                    guard let claim = sequence.claim(atPosition: position) else { continue }
                    try collector.claim(claim.units, inShard: claim.metaslab)
                }
                try collector.finish()
            } catch {
                preconditionFailure("\(error)")
            }
        }
    }

    private func compare(_ sequence: ClaimSequence, _ claims: SpaceClaims) {
        let next = Atomic<Int>(0)
        let threads = threads
        WorkerPool(threadCount: threads).forEach(below: threads) { _ in
            var sorting: [UInt64] = []
            var allocated = UnitBitmap(count: 1 << 22)
            while true {
                let shard = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard shard < claims.shardCount else { return }
                allocated.removeAll()
                for slot in 0..<sequence.claimsPerMetaslab {
                    _ = allocated.insert(sequence.units(ofSlot: slot, shard))
                }
                do {
                    let runs = try claims.takeRuns(ofShard: shard, sortScratch: &sorting)
                    let difference = MetaslabDifference(allocated: allocated, claimed: runs)
                    precondition(difference.isEmpty && runs.overlapCount == 0, "claims were lost")
                } catch {
                    preconditionFailure("\(error)")
                }
            }
        }
    }
}

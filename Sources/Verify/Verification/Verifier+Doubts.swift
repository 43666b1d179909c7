import Datasets
import Devices
import Files

/// Pools that are in use and move on while they are checked.
///
/// Blocks of the state that is checked may be overwritten then, or read as of a newer one, so that what does not fit need
/// not be damage. It is looked for again in the newest state, and told where it is found while that stands still.
extension Verifier {
    static let attempts = 3

    /// Kinds whose checks look twice by themselves.
    private static let standsStill = Set(
        LabelCheck.kinds + DeviceCheck.kinds + UberblockCheck.kinds)

    /// Takes back what a pass has found since there were `count` problems, where the pool has moved on.
    func doubt(since count: Int, _ result: inout VerifyResult) {
        guard findings.keptCount > count, pool.live.movedOn() != nil else { return }
        result.doubtful += findings.withdraw(since: count, except: Self.standsStill)
    }

    /// Looks again for what was taken back.
    func settleDoubts(_ result: inout VerifyResult) throws(DeviceError) {
        var doubtful = result.doubtful
        guard !doubtful.isEmpty, attempts > 0 else { return }
        var options = options
        options.state = nil
        let isNewest = pool.uberblock == pool.uberblocks.first && !pool.isCheckpoint
        for _ in 0..<attempts where isNewest && !interruption.isRequested {
            guard let newest = try? Pool.open(pool.candidate) else { break }
            let codes = Set(doubtful.map(\.kind.code))
            options.selection = CheckSelection(only: Array(codes))
            let again = try Verifier(
                context.contents.contents(of: newest), options, meter: meter,
                interruption: interruption, attempts: 0
            ).run()
            for problem in again.problems where codes.contains(problem.kind.code) {
                findings.add(problem)
            }
            doubtful = again.doubtful
            if doubtful.isEmpty { return }
        }
        let codes = Set(doubtful.map(\.kind.code)).sorted().joined(separator: ", ")
        findings.add(
            Unchecked(
                "\(doubtful.count) places where something does not fit (\(codes))",
                isNewest
                    ? "the pool is in use, and moves on whenever they are looked at"
                    : "the pool is in use, and has overwritten what an older state leads to"))
    }
}

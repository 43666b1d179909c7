import Datasets

/// All copies of each block: ditto copies, sides of mirrors, columns and parity of RAID-Z and dRAID hold what the block's
/// checksum proves (`dsl_scan_scrub_cb`, `vdev_raidz_io_done`, `vdev_draid_map_verify_empty`).
///
/// The deep walk compares them, block by block; this tells of what it found, device by device. Intent logs are left out:
/// after a crash their last blocks rightly differ between the sides of a mirror.
struct CopyCheck: Check {
    static let kinds: [ProblemKind] = [
        .copyDamaged, .copyUnreadable, .columnDamaged, .parityMismatch, .paddingDamaged,
        .deviceDamaged, .deviceBehind,
    ]
    static let needsCensus = true

    func run(_ context: CheckContext) {
        let problems = context.copies.problems(context.pool)
        guard !problems.isEmpty else { return }
        if let txg = context.pool.live.movedOn() {
            context.leaveUnchecked(
                "\(problems.count) places where copies of a block differ",
                "the pool is in use, and has moved on to txg \(txg)")
            return
        }
        for problem in problems { context.report(problem) }
    }
}

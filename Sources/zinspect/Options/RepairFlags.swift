import ArgumentParser
import Repair
import Verify

/// What `repair` may do.
struct RepairFlags: ParsableArguments {
    @Flag(help: "Write the plan to the pool. Without it the pool is left alone.")
    var apply = false

    @Flag(help: "Only plan; the same as leaving out --apply.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Save the plan into this new file; with --apply or --overlay carry out the plan in it, if the pool is still what it was made for.",
            valueName: "file"),
        completion: .file())
    var plan: String?

    @Option(
        help: ArgumentHelp(
            "Keep what is overwritten in this new file; by default POOL-TXG.undo in the current folder. The certificate goes beside it.",
            valueName: "file"),
        completion: .file())
    var undoLog: String?

    @Flag(
        help: """
            Compare every copy and all parity before planning, as verify --deep does; the cure redundancy by name does too.
            """)
    var deep = false

    @Flag(help: "Agree to structures being derived anew from primary facts.")
    var yesRebuild = false

    @Flag(help: "Agree to what the plan names being given up.")
    var yesDiscard = false

    @Flag(
        help: """
            Don't watch the pool's uberblocks before writing: a pool that another machine has imported would be destroyed.
            """)
    var forceUnwatched = false

    func validate() throws {
        if apply && dryRun {
            throw ValidationError("--apply and --dry-run exclude each other.")
        }
    }

    /// Whether that class of repair has been agreed to beforehand.
    func isAgreed(_ repair: RepairClass) -> Bool {
        switch repair {
        case .none, .restore: true
        case .rebuild: yesRebuild
        case .discard: yesDiscard
        }
    }
}

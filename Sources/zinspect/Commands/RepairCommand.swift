import ArgumentParser
import Bytes
import Datasets
import Devices
import Files
import FoundationEssentials
import Repair
import Report
import Verify

/// `zinspect repair POOL [CURE ...]`
struct RepairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract:
            "Plans the repair of what verify finds, tries it on an overlay, and with --apply writes it.",
        discussion: """
            A repair is a transaction group of its own: everything goes to free space, the uberblock comes last, and the state \
            before stays whole. What is overwritten is kept in an undo log first, so that `zinspect undo` can take it back. With \
            --overlay the pool is left alone, and what would be written goes into a file that every command can see it through.

            Cures: \((CureCatalogue.all + CureCatalogue.onRequest).map { "\($0.name) (\($0.summary))" }.joined(separator: "; ")); \(CacheFileRepair.name) (\(CacheFileRepair.summary)).
            """)

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @Argument(help: "Cures to plan; all of them where none is named.")
    var cures: [String] = []

    @OptionGroup var repair: RepairFlags
    @OptionGroup var keys: KeyFlags
    @OptionGroup var work: WorkFlags
    @OptionGroup var input: PoolFlags
    @OptionGroup var output: OutputFlags

    func validate() throws {
        if repair.apply && input.overlay != nil {
            throw ValidationError(
                "--apply writes to the pool, and --overlay leaves it alone: give one of them.")
        }
        guard !cures.contains(CacheFileRepair.name) || input.cachefile != nil else {
            throw ValidationError("Name the file that is to be written anew with --cachefile.")
        }
        let isRewind = cures.contains(RewindCure.name)
        guard !input.checkpoint, isRewind == (input.txg != nil) else {
            throw ValidationError(
                isRewind
                    ? "Give the state to go back to with --txg; `zinspect verify --rewind` lists them."
                    : "Only the newest state of a pool can be repaired; `rewind` goes back to another."
            )
        }
    }

    func run() throws {
        let unknown = cures.filter { !CureCatalogue.names.contains($0) }
        guard unknown.isEmpty else {
            throw ValidationError(
                "There is no cure called \(unknown.joined(separator: ", ")); there are \(CureCatalogue.names.joined(separator: ", "))."
            )
        }
        let interruption = Interruption.watch(status: ExitStatus.cancelled.rawValue)
        try CommandRun(name: "repair", flags: output) { output in
            let overlay = try input.openedOverlay(mayBeNew: true)
            let run = PoolRun(
                input, writesOverlay: true, takesDetached: cures.contains(LabelCure.name))
            try run(pool, output) { pool in
                if let txg = input.txg, pool.txg.rawValue != txg {
                    throw PoolError.noUberblock([
                        "the newest state up to txg \(txg) is that of txg \(pool.txg)"
                    ])
                }
                let meter = ProgressMeter()
                let progress = ProgressLine(
                    meter, isWanted: !self.output.json && !self.output.quiet)
                progress.start()
                defer { progress.finish() }
                let options = VerifyOptions(
                    threadCount: work.threads.count, memory: Int(clamping: work.memory.bytes),
                    depth: depth,
                    scratchFolder: work.scratch)
                let repairer = Repairer(
                    try keys.contents(of: pool), options, meter: meter, interruption: interruption)
                try RepairDialogue(
                    repairer: repairer, flags: repair, cures: chosen,
                    overlayPath: input.overlay, overlay: overlay,
                    cacheFile: try cacheFile(of: pool), output: output
                ).run { progress.finish() }
            }
        }
    }

    /// What is to be done about the file of `--cachefile`, unless other cures are asked for.
    private func cacheFile(of pool: Pool) throws -> CacheFileRepair? {
        guard let path = input.cachefile, cures.isEmpty || cures.contains(CacheFileRepair.name)
        else { return nil }
        return try CacheFileRepair(
            path, of: pool, DeviceOpener(seconds: input.devices.ioTimeout))
    }

    /// Bad copies are only found where all are read.
    private var depth: VerifyDepth {
        repair.deep || cures.contains(RedundancyCure.name) ? .deep : .standard
    }

    private var chosen: [any Cure.Type] {
        CureCatalogue.all.filter { cures.isEmpty || cures.contains($0.name) }
            + CureCatalogue.onRequest.filter { cures.contains($0.name) }
    }
}

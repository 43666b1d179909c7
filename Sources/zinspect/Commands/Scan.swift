import ArgumentParser
import Datasets
import Devices
import Report

/// `zinspect scan [PATH ...]`
struct Scan: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the pools on devices and in image files.",
        discussion: """
            Looks at the devices, image files and directories named, or at the usual device folders \
            where none is. For each pool: name, GUID, state, health, missing devices, newest \
            transaction group, and why it can't be imported, if so. With -v also what the other \
            files and devices are.
            """)

    @Argument(help: "Devices, image files, or directories that hold them.", completion: .file())
    var path: [String] = []

    @OptionGroup var input: DeviceFlags
    @OptionGroup var output: OutputFlags

    func run() throws {
        try CommandRun(name: "scan", flags: output) { output in
            let selector = PoolSelector(opener: DeviceOpener(seconds: input.ioTimeout))
            output.header()
            let report = ScanReport(selector.findings(in: path), output)
            report.show()
            if report.isEmpty { throw ExitStatus.operationalError }
        }
    }
}

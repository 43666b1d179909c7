import Devices
import Report
import Vdevs

/// Reads the labels of what a path names: the device itself, or the partitions inside it.
struct LabelReading {
    let opener: DeviceOpener
    let output: Output

    /// Reads all devices in parallel and prints them in the order given.
    ///
    /// Throws the status of what went wrong after all have been tried.
    func run(_ paths: [String]) throws {
        let opener = opener
        let results = WorkerPool(threadCount: min(16, paths.count)).map(below: paths.count) {
            Self.read(paths[$0], opener)
        }
        output.header()
        var status: ExitStatus = []
        for (path, result) in zip(paths, results) {
            switch result {
            case .success(let sets):
                for set in sets { print(set) }
            case .failure(let error):
                output.failure(error.message(for: path))
                status.insert(.operationalError)
            }
        }
        if !status.isEmpty { throw status }
    }

    private func print(_ labels: LabelSet) {
        let report = LabelReport(labels, verbosity: output.options.verbosity)
        if output.options.isJSON {
            output.section(report.section)
        } else {
            for section in report.sections { output.section(section) }
        }
        for finding in LabelReport.findings(labels) { output.finding(finding) }
    }

    /// The labels found at `path`; an error says what is there instead.
    private static func read(
        _ path: String, _ opener: DeviceOpener
    ) -> Result<[LabelSet], LabelReadingError> {
        do throws(DeviceError) {
            let device = try opener.open(path)
            let whole = LabelSet(device)
            if !whole.isBlank { return .success([whole]) }
            var found: [LabelSet] = []
            for partition in try PartitionTable(of: device)?.partitions ?? [] {
                let labels = LabelSet(try partition.device(on: device))
                if !labels.isBlank { found.append(labels) }
            }
            guard found.isEmpty else { return .success(found) }
            return .failure(.noLabels(try DeviceContents(of: device)))
        } catch {
            return .failure(.device(error))
        }
    }
}

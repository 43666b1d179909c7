import Devices
import Report
import Vdevs

/// Reads the labels of what a path names: the device itself, or the partitions inside it.
struct LabelReading {
    let opener: DeviceOpener
    let output: Output

    /// So many devices are read, then printed: few enough to fit any memory, enough to keep workers busy.
    private static let batchCount = 64

    /// What is printed of one device.
    private struct Part {
        let rendering: Rendering
        let findings: [Finding]

        init(_ labels: LabelSet, _ options: OutputOptions) {
            let report = LabelReport(labels, verbosity: options.verbosity)
            rendering = Rendering(options.isJSON ? [report.section] : report.sections, options)
            findings = LabelReport.findings(labels)
        }
    }

    /// Reads all devices in parallel and prints them in the order given.
    ///
    /// Throws the status of what went wrong after all have been tried.
    func run(_ paths: [String]) throws {
        let (opener, options) = (opener, output.options)
        output.header()
        var status: ExitStatus = []
        for start in stride(from: 0, to: paths.count, by: Self.batchCount) {
            let batch = paths[start..<min(start + Self.batchCount, paths.count)]
            let results = WorkerPool(threadCount: min(16, batch.count)).map(below: batch.count) {
                Self.read(batch[start + $0], opener, options).map { $0.map { Part($0, options) } }
            }
            for (path, result) in zip(batch, results) { status.formUnion(print(result, of: path)) }
        }
        if !status.isEmpty { throw status }
    }

    private func print(_ result: Result<[Part], LabelReadingError>, of path: String) -> ExitStatus {
        switch result {
        case .success(let parts):
            for part in parts {
                output.print(part.rendering)
                for finding in part.findings { output.finding(finding) }
            }
            return []
        case .failure(let error):
            output.failure(error.message(for: path))
            return .operationalError
        }
    }

    /// The labels found at `path`; an error says what is there instead.
    private static func read(
        _ path: String, _ opener: DeviceOpener, _ options: OutputOptions
    ) -> Result<[LabelSet], LabelReadingError> {
        do throws(DeviceError) {
            let device = try opener.open(path)
            let followsCacheLog = options.verbosity > 0
            let whole = LabelSet(device, followsCacheLog: followsCacheLog)
            if !whole.isBlank { return .success([whole]) }
            var found: [LabelSet] = []
            for partition in try PartitionTable(of: device)?.partitions ?? [] {
                let labels = LabelSet(
                    try partition.device(on: device), followsCacheLog: followsCacheLog)
                if !labels.isBlank { found.append(labels) }
            }
            guard found.isEmpty else { return .success(found) }
            return .failure(.noLabels(try DeviceContents(of: device)))
        } catch {
            return .failure(.device(error))
        }
    }
}

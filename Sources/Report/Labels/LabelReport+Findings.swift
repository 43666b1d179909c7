import Bytes
import Devices
package import Vdevs
import Verify

extension LabelReport {
    /// What is wrong with a device's labels, as findings with permanent codes.
    ///
    /// A label that was never written counts only where another one was.
    package static func findings(_ labels: LabelSet) -> [Finding] {
        guard !labels.isBlank else { return [] }
        var findings: [Finding] = []
        for (index, outcome) in labels.outcomes.enumerated() {
            switch outcome {
            case .noRoom:
                findings.append(
                    finding(
                        "label.missing", .warning, labels, index,
                        "the device is too small for label \(index)"))
            case .unreadable(let error):
                findings.append(
                    finding(
                        "label.unreadable", .warning, labels, index,
                        "label \(index) can't be read: \(error)"))
            case .read(let label):
                findings += Self.findings(label, of: labels)
            }
        }
        return findings
    }

    private static func findings(_ label: Label, of labels: LabelSet) -> [Finding] {
        let index = label.index
        switch label.config.contents {
        case .empty where labels.best != nil:
            return [
                finding(
                    "label.missing", .warning, labels, index,
                    "label \(index) is empty, although others of the device are not")
            ]
        case .empty: return []
        case .unreadable(let error):
            return [
                finding(
                    "label.nvlist", .warning, labels, index,
                    "the configuration in label \(index) can't be read: \(error)")
            ]
        case .list(let decoding):
            var findings: [Finding] = []
            if !label.config.checksum.isValid {
                findings.append(
                    finding(
                        "label.checksum", .warning, labels, index,
                        "the checksum of the configuration in label \(index) is "
                            + "\(label.config.checksum)"))
            }
            for item in decoding.findings {
                findings.append(
                    finding(
                        "nvlist.damaged", .warning, labels, index,
                        "in label \(index), \(item.path.isEmpty ? "the list" : item.path) "
                            + "\(item.what)", at: UInt64(item.byteOffset), path: item.path))
            }
            return findings
        }
    }

    private static func finding(
        _ code: String, _ severity: Severity, _ labels: LabelSet, _ index: Int, _ message: String,
        at offset: UInt64? = nil, path: String? = nil
    ) -> Finding {
        var location = Record([
            "device": .text(labels.deviceName), "label": .number(UInt64(index)),
        ])
        location.add("offset", offset.map(Record.Value.offset))
        location.add("path", path.map(Record.Value.text))
        return Finding(code: code, severity: severity, message: message, location: location)
    }
}

package import Bytes
package import Verify

/// Something wrong with a pool that a command met on its way, as the output shows it.
package struct Finding: Sendable {
    /// `family.kind`, permanent.
    package let code: String
    package let severity: Severity
    /// One sentence.
    package let message: String
    /// Those keys of the contract's `location` that apply.
    package let location: Record
    /// What JSON says besides: `evidence`, `owners`, `repair`.
    package let details: Record
    /// What text says below the message, a line each.
    package let lines: [String]

    package init(
        code: String, severity: Severity, message: String, location: Record = Record(),
        details: Record = Record(), lines: [String] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.location = location
        self.details = details
        self.lines = lines
    }

    var record: Record {
        var record = Record([
            "type": "finding", "code": .text(code), "severity": .text(severity.rawValue),
            "message": .text(message), "location": .record(location),
        ])
        for entry in details.entries { record.add(entry.name, entry.value) }
        return record
    }

    /// The code and the place in brackets, to follow the message.
    var placeText: String {
        var parts = [code]
        for entry in location.entries { parts.append("\(entry.name) \(entry.value.text)") }
        return " [" + parts.joined(separator: ", ") + "]"
    }
}

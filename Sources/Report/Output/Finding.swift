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

    package init(code: String, severity: Severity, message: String, location: Record = Record()) {
        self.code = code
        self.severity = severity
        self.message = message
        self.location = location
    }

    var record: Record {
        Record([
            "type": "finding", "code": .text(code), "severity": .text(severity.rawValue),
            "message": .text(message), "location": .record(location),
        ])
    }

    /// The code and the place in brackets, to follow the message.
    var placeText: String {
        var parts = [code]
        for entry in location.entries { parts.append("\(entry.name) \(entry.value.text)") }
        return " [" + parts.joined(separator: ", ") + "]"
    }
}

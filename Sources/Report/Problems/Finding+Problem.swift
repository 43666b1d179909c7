import Bytes
package import Verify

extension Finding {
    /// A problem that a check found, as the output shows it.
    package init(_ problem: Problem) {
        var details = Record()
        if !problem.evidence.entries.isEmpty { details.add("evidence", .record(problem.evidence)) }
        if !problem.owners.isEmpty {
            details.add("owners", .list(problem.owners.map { .record($0.record) }))
        }
        if !problem.consequences.isEmpty {
            details.add(
                "consequences",
                .list(
                    problem.consequences.map { echo in
                        .record(
                            Record([
                                "code": .text(echo.kind.code),
                                "location": .record(echo.location.record),
                                "evidence": .record(echo.evidence),
                            ]))
                    }))
        }
        var repair = Record(["class": .text(problem.kind.repair.rawValue)])
        repair.add("cure", problem.kind.cure.map { .text($0) })
        details.add("repair", .record(repair))
        self.init(
            code: problem.kind.code, severity: problem.kind.severity,
            message: problem.kind.title, location: problem.location.record, details: details,
            lines: problem.lines)
    }
}

extension Problem {
    /// What text says below the title: where, what was expected and found, who is concerned.
    var lines: [String] {
        var lines = place.isEmpty ? [] : [place]
        for entry in evidence.entries where entry.name == "cause" {
            lines.append(entry.value.text)
        }
        let facts = evidence.entries.filter { $0.name != "cause" }.map { entry in
            "\(entry.name.replacing("_", with: " ")) \(entry.value.text)"
        }
        if !facts.isEmpty { lines.append(facts.joined(separator: ", ")) }
        lines += owners.map { "owned by \($0.text)" }
        lines += consequences.map { "the same shows as \($0.kind.code): \($0.place)" }
        return lines
    }

    /// The place in words.
    private var place: String {
        var parts: [String] = []
        if let device = location.device { parts.append(device) }
        if let label = location.label { parts.append("label \(label)") }
        if let slot = location.slot { parts.append("slot \(slot)") }
        if let vdev = location.vdev { parts.append("vdev \(vdev)") }
        if let metaslab = location.metaslab { parts.append("metaslab \(metaslab)") }
        if let offset = location.offset { parts.append("offset \(Units.hexadecimal(offset))") }
        if let size = location.size {
            parts.append("size \(Units.hexadecimal(size)) (\(Units.size(size)))")
        }
        if let dataset = location.dataset { parts.append(dataset) }
        if let set = location.objectSet { parts.append(set == 0 ? "mos" : "objset:\(set)") }
        if let object = location.object { parts.append("object \(object)") }
        if let level = location.level { parts.append("level \(level)") }
        if let block = location.blockID { parts.append("block \(block)") }
        if let path = location.path { parts.append(path) }
        if let key = location.key { parts.append("entry \(key)") }
        if let txg = location.txg { parts.append("txg \(txg)") }
        return parts.joined(separator: ", ")
    }
}

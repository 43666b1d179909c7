import Bytes
import Repair
package import Verify

/// What `explain` shows of one kind of problem.
package struct Explanation {
    private let kind: ProblemKind

    package init(_ kind: ProblemKind) { self.kind = kind }

    /// Prints it: text in paragraphs, JSON in one record.
    package func show(_ output: Output) {
        guard !output.options.isJSON else {
            output.section(Section(type: "problem", title: "", .record(record)))
            return
        }
        var lines = [
            output.options.paint(kind.code, .title) + " (\(kind.severity.rawValue))",
            "    " + kind.title + ".", "",
        ]
        for paragraph in kind.explanation.split(separator: "\n\n") {
            lines += Self.wrapped(String(paragraph)).map { "    " + $0 } + [""]
        }
        lines.append("    Repair: \(repair)")
        lines.append("    Invariants: " + kind.invariants.joined(separator: ", "))
        output.lines(lines)
    }

    /// Lists kinds with their titles; JSON has all of each.
    package static func list(_ kinds: [ProblemKind], _ output: Output) {
        guard !output.options.isJSON else {
            for kind in kinds { Explanation(kind).show(output) }
            return
        }
        output.section(
            Section(
                type: "problem", title: "Problems",
                .table(
                    kinds.map { Explanation($0).record },
                    columns: [Column("code"), Column("severity"), Column("title", "WHAT")])))
    }

    private var repair: String {
        let way =
            switch kind.repair {
            case .none: "nothing can mend it"
            case .restore: "puts back what redundancy proves; done without asking"
            case .rebuild: "derives the structure anew from primary facts; asks first"
            case .discard: "gives something up, which the plan names; asks first"
            }
        guard let cure = kind.cure else { return way }
        guard CureCatalogue.names.contains(cure) else {
            return "not in this version yet (\(cure): \(way))"
        }
        return "\(cure), as far as it goes: \(way)"
    }

    private var record: Record {
        var record = Record([
            "code": .text(kind.code), "severity": .text(kind.severity.rawValue),
            "title": .text(kind.title), "explanation": .text(kind.explanation),
            "repair": .text(kind.repair.rawValue),
        ])
        record.add("cure", kind.cure.map { .text($0) })
        record.add("invariants", .list(kind.invariants.map { .text($0) }))
        return record
    }

    /// Lines of at most 76 characters, cut between words.
    private static func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            if !line.isEmpty, line.count + 1 + word.count > 76 {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return line.isEmpty ? lines : lines + [line]
    }
}

import Verify

/// The last lines of a report: what the findings come to, whether the pool would import, and what to do next.
struct Verdict {
    private let result: VerifyResult
    private let paint: Paint

    init(_ result: VerifyResult, paint: Paint) {
        self.result = result
        self.paint = paint
    }

    var lines: [String] {
        if result.isCancelled { return ["Ended before everything was checked."] }
        return [tally] + (isSound ? [] : meaning) + gaps
    }

    private var isSound: Bool { result.problems.isEmpty && result.omittedCount == 0 }

    /// How much was found, and how much was looked at.
    var tally: String {
        guard isSound else { return paint(counts, worst.isDamage ? .bad : .good) + walked }
        let scope = result.unchecked.isEmpty ? "" : " in what could be checked"
        return paint("Nothing wrong was found\(scope)", .good) + walked
    }

    /// What is not told, or was not looked at.
    var gaps: [String] {
        var lines: [String] = []
        if result.omittedCount > 0 {
            lines.append(
                "\(Units.count(UInt64(result.omittedCount))) further findings were only counted.")
        }
        if !result.unchecked.isEmpty {
            let count = result.unchecked.count
            lines.append(
                count == 1
                    ? "One thing could not be checked; it is listed above."
                    : "\(Units.count(UInt64(count))) things could not be checked; they are listed above."
            )
        }
        return lines
    }

    private var walked: String {
        guard let space = result.space else { return "." }
        return
            ": \(Units.count(space.totals.blockCount)) blocks that own \(Units.size(space.totals.allocatedBytes)) were visited."
    }

    private var counts: String {
        Severity.allCases.reversed().compactMap { severity -> String? in
            let count = result.problems.count { $0.kind.severity == severity }
            guard count > 0 else { return nil }
            return "\(Units.count(UInt64(count))) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        .joined(separator: ", ")
    }

    private var worst: Severity {
        let found = Set(result.problems.map(\.kind.severity))
        return Severity.allCases.last { found.contains($0) } ?? .note
    }

    /// What the worst finding means for whoever has this pool, and what to do.
    private var meaning: [String] {
        if (result.space?.unprotected ?? 0) > 0 {
            return [
                "Space in use is marked free: whatever writes to the pool next may destroy data. Don't import it",
                "except with -o readonly=on, and copy out what the findings name.",
            ]
        }
        return switch worst {
        case .note: ["The pool should import; notes are states worth knowing, not damage."]
        case .warning:
            [
                "The pool should import and everything is readable; `zinspect explain CODE` tells what to do about each finding."
            ]
        case .error, .fatal:
            [
                "Something is lost, or the kernel may refuse the pool or panic. Import it with -o readonly=on at most, copy out",
                "what matters (`zinspect extract` needs no import), and read `zinspect explain CODE` for each finding.",
            ]
        }
    }
}

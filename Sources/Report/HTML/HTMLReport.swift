import Bytes
package import Datasets
import Vdevs
package import Verify

/// What `verify` found as one page that a person can look at, keep and send.
package struct HTMLReport {
    private let pool: Pool
    private let result: VerifyResult
    private let tool: String
    /// Findings of one kind that the page shows; the rest is counted.
    private static let mostShown = 200

    package init(_ pool: Pool, _ result: VerifyResult, tool: String) {
        self.pool = pool
        self.result = result
        self.tool = tool
    }

    /// How every such page begins; only files that do are ever replaced.
    package static let mark = HTMLPage.mark

    package var page: String {
        HTMLPage(
            title: "\(pool.name): zinspect verify",
            body: header + cards + verdict + topology + space + findings + unchecked + passes
        ).text
    }

    private var header: String {
        let facts = [
            "pool \(pool.guid)", "transaction group \(pool.txg.rawValue)",
            CalendarTime(seconds: Int64(clamping: pool.uberblock.timestamp)).text + " UTC", tool,
        ]
        return HTMLText.element("h1", pool.name)
            + HTMLText.element("p", facts.joined(separator: " · "), class: "facts")
    }

    private var cards: String {
        var cards = Severity.allCases.reversed().map { severity in
            card(
                result.problems.count { $0.kind.severity == severity }, severity.rawValue,
                severity.rawValue)
        }
        cards.append(card(result.unchecked.count, "not checked", "note"))
        if let space = result.space {
            cards.append(card(Units.count(space.totals.blockCount), "blocks visited"))
            cards.append(card(Units.size(space.totals.allocatedBytes), "owned"))
        }
        return "<div class=\"cards\">\(cards.joined())</div>"
    }

    private func card(_ count: Int, _ name: String, _ style: String) -> String {
        card("\(count)", name, count > 0 ? style : "")
    }

    private func card(_ figure: String, _ name: String, _ style: String = "") -> String {
        "<div class=\"card\">" + HTMLText.element("b", figure, class: style)
            + HTMLText.element("span", name) + "</div>"
    }

    private var verdict: String {
        let lines = Verdict(result, paint: Paint(isOn: false)).lines
        let isBad = result.problems.contains { $0.kind.severity.isDamage }
        return
            "<div class=\"verdict\(isBad ? " bad" : "")\">\(lines.map(HTMLText.escaped).joined(separator: "<br>"))</div>"
    }

    private var topology: String {
        let tree = DeviceTree(pool.candidate, root: pool.rootConfig)
            .node(pool.rootConfig, label: pool.name)
        let rows = Self.rows(tree, depth: 0)
        return
            "<h2>Devices</h2><table><tr><th>Device<th>State<th>Size<th>Path</tr>\(rows.joined())</table>"
    }

    private static func rows(_ node: TreeNode, depth: Int) -> [String] {
        func text(_ name: String) -> String {
            HTMLText.escaped(node.record.entries.first { $0.name == name }?.value.text ?? "")
        }
        let state = text("state")
        let style = state == "ONLINE" ? "good" : state == "DEGRADED" ? "warning" : "error"
        let row = """
            <tr><td class="path" style="--depth:\(depth)">\(HTMLText.escaped(node.label))<td class="\(style)">\(state)\
            <td>\(text("size"))<td>\(text("path"))</tr>
            """
        return [row] + node.children.flatMap { rows($0, depth: depth + 1) }
    }

    private var space: String {
        guard let metaslabs = result.space?.metaslabs, !metaslabs.isEmpty else { return "" }
        let vdevs = Dictionary(grouping: metaslabs, by: \.vdev).sorted { $0.key < $1.key }
        let drawings = vdevs.map { vdev, metaslabs in
            let title = "vdev \(vdev), \(metaslabs.count) metaslabs"
            return HTMLText.element("p", title) + SpaceDrawing(metaslabs).svg(title: title)
        }
        return "<h2>Space by metaslab</h2>" + drawings.joined() + SpaceDrawing.legend
    }
}

extension HTMLReport {
    private var findings: String {
        let kinds = Dictionary(grouping: result.problems, by: \.kind).sorted {
            (Self.rank($0.key), $0.key.code) < (Self.rank($1.key), $1.key.code)
        }
        guard !kinds.isEmpty else { return "" }
        return "<h2>Findings</h2>" + kinds.map { section($0.key, $0.value) }.joined()
    }

    /// The worst first.
    private static func rank(_ kind: ProblemKind) -> Int {
        -(Severity.allCases.firstIndex(of: kind.severity) ?? 0)
    }

    private func section(_ kind: ProblemKind, _ problems: [Problem]) -> String {
        let severity = kind.severity.rawValue
        let explanation = kind.explanation.split(separator: "\n\n").map {
            HTMLText.element("p", String($0))
        }
        var places = problems.prefix(Self.mostShown).map { problem in
            result.names.named(problem).lines.map { HTMLText.element("p", $0, class: "place") }
                .joined()
        }
        if problems.count > Self.mostShown {
            places.append(
                HTMLText.element("p", "and \(problems.count - Self.mostShown) more", class: "place")
            )
        }
        return """
            <details\(kind.severity == .note ? "" : " open")><summary><b class="\(severity)">\(severity)</b> \
            \(HTMLText.escaped(kind.title)) · \(problems.count)× <code>\(kind.code)</code></summary>\
            \(places.joined())\(explanation.joined())</details>
            """
    }

    private var unchecked: String {
        guard !result.unchecked.isEmpty else { return "" }
        let rows = result.unchecked.map {
            "<tr><td>\(HTMLText.escaped($0.what))<td>\(HTMLText.escaped($0.why))</tr>"
        }
        return "<h2>Not checked</h2><table><tr><th>What<th>Why</tr>\(rows.joined())</table>"
    }

    private var passes: String {
        let rows = result.passes.map { pass in
            """
            <tr><td>\(HTMLText.escaped(pass.name))<td>\(Units.decimal(pass.seconds, digits: 2)) s\
            <td>\(pass.problemCount)<td>\(pass.uncheckedCount)</tr>
            """
        }
        return
            "<h2>Passes</h2><table><tr><th>Pass<th>Time<th>Findings<th>Not checked</tr>\(rows.joined())</table>"
    }
}

import Testing

@testable import Report

/// Names on disk are anybody's; none becomes markup.
@Suite struct HTMLTextTests {
    @Test(
        "what could be markup is escaped",
        arguments: [
            ("<script>", "&lt;script&gt;"), ("a & b", "a &amp; b"), ("\"x\"", "&quot;x&quot;"),
            ("it's", "it&#39;s"), ("plain", "plain"),
        ])
    func escaped(text: String, expected: String) {
        #expect(HTMLText.escaped(text) == expected)
    }
}

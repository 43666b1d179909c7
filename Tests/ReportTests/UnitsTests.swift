import Report
import Testing

/// The expected sizes are what `zpool list`, `zfs list` and zdb 2.3.2 print for these numbers.
@Suite struct UnitsTests {
    @Test(
        "sizes read as zfs(8) prints them",
        arguments: [
            (0, "0B"), (512, "512B"), (1023, "1023B"), (1024, "1K"), (1536, "1.50K"),
            (131_072, "128K"), (8_251_904, "7.87M"), (116_736, "114K"), (27_648, "27K"),
            (29_696, "29K"), (1 << 40, "1T"), (UInt64.max, "16.0E"),
        ] as [(UInt64, String)])
    func sizes(bytes: UInt64, text: String) {
        #expect(Units.size(bytes) == text)
    }

    @Test(
        "times are UTC, and impossible ones stay numbers",
        arguments: [
            (0, "1970-01-01 00:00:00"), (1_795_219_272, "2026-11-21 00:01:12"),
            (253_402_300_799, "9999-12-31 23:59:59"), (253_402_300_800, "253402300800 s"),
            (UInt64.max, "18446744073709551615 s"),
        ] as [(UInt64, String)])
    func times(seconds: UInt64, text: String) {
        #expect(Units.time(seconds) == text)
    }

    @Test func `counts are grouped by three digits`() {
        #expect(Units.count(7) == "7")
        #expect(Units.count(58_567) == "58,567")
        #expect(Units.count(1_000_000) == "1,000,000")
    }

    @Test func `decimals are rounded to nearest and keep their zeros`() {
        #expect(Units.decimal(1.005, digits: 1) == "1.0")
        #expect(Units.decimal(0.07, digits: 2) == "0.07")
        #expect(Units.decimal(-1.5, digits: 2) == "-1.50")
        #expect(Units.decimal(.infinity, digits: 2) == "inf")
    }
}

import Datasets
import Files
import Objects
import TestSupport
import Testing

/// Names are found in the way in which each file system compares them.
@Suite struct NameLookupTests {
    /// A file system of the pool `names`, a name that is asked for, and the stored name that the kernel
    /// opens for it; nothing where it opens none.
    static let cases: [(dataset: String, asked: String, stored: String?)] = [
        ("names", "readme", nil),
        ("names", "README", "README"),
        ("names", "caf\u{e9}", "caf\u{e9}"),
        ("names", "cafe\u{301}", nil),
        ("names/ci", "readme", "README"),
        ("names/ci", "STRA\u{df}E", "Stra\u{df}e"),
        ("names/ci", "\u{391}\u{392}\u{393}", "\u{391}\u{3b2}\u{3b3}"),
        ("names/ci", "CAFE\u{301}", nil),
        ("names/mixed", "readme", nil),
        ("names/mixed", "README", "README"),
        ("names/formd", "cafe\u{301}", "caf\u{e9}"),
        ("names/formd", "CAFE\u{301}", nil),
        ("names/formc_ci", "CAFE\u{301}", "caf\u{e9}"),
        ("names/formc_ci", "caf\u{e9}-2", "cafe\u{301}-2"),
        ("names/formkd", "fine", "\u{fb01}ne"),
        ("names/formkd", "\u{c5}ngstrom", "\u{212b}ngstrom"),
        ("names/formd", "fine", nil),
    ]

    @Test(arguments: cases)
    func `finds what the file system would`(
        dataset: String, asked: String, stored: String?
    ) throws {
        let pool = try Pool.open(try #require(try TestPool.named("names").candidates().first))
        let found = try #require(try pool.datasets().dataset(named: dataset))
        let filesystem = try Filesystem(try pool.objectSet(of: found))
        let directory = try filesystem.file(filesystem.root).directory()
        let entry = try directory.lookup(FileName(asked))
        #expect(entry?.name == stored.map { FileName($0) })
    }
}

import Datasets
import Files
import Objects
import TestSupport
import Testing

/// Data and holes of real files.
@Suite struct ExtentTests {
    @Test(arguments: ["holes", "hugehole", "allhole", "bighole", "exact", "empty", "text.txt"])
    func `extents cover the file without gaps, and holes are zeros`(name: String) throws {
        let pool = try Pool.open(try #require(try TestPool.named("basic").candidates().first))
        let dataset = try #require(try pool.datasets().dataset(named: "basic"))
        let file = try Filesystem(try pool.objectSet(of: dataset)).file(at: name)
        let contents = file.contents
        let extents = contents.extents()
        var place: UInt64 = 0
        var previous: FileExtent.Kind?
        for extent in extents {
            #expect(extent.offset == place)
            #expect(extent.byteCount > 0)
            #expect(extent.kind != previous)
            place = extent.end
            previous = extent.kind
            guard extent.kind == .hole else { continue }
            let start = try contents.read(at: extent.offset, count: 4096)
            #expect(start.allSatisfy { $0 == 0 })
        }
        #expect(place == file.attributes.size)
        if name == "allhole" { #expect(extents.map(\.kind) == [.hole]) }
        if name == "text.txt" { #expect(extents.map(\.kind) == [.data]) }
    }

    @Test func `reads at any place give the same bytes`() throws {
        let pool = try Pool.open(try #require(try TestPool.named("basic").candidates().first))
        let dataset = try #require(try pool.datasets().dataset(named: "basic"))
        let contents = try Filesystem(try pool.objectSet(of: dataset)).file(at: "text.txt").contents
        let whole = try contents.read(at: 0, count: Int(contents.size))
        #expect(UInt64(whole.count) == contents.size)
        var generator = Seed.generator()
        for _ in 0..<20 {
            let start = Int(generator.next() as UInt64 % contents.size)
            let count = Int(generator.next() as UInt64 % 300_000)
            let part = try contents.read(at: UInt64(start), count: count)
            #expect(part == Array(whole[start..<min(whole.count, start + count)]))
        }
        #expect(try contents.read(at: contents.size, count: 1).isEmpty)
    }
}

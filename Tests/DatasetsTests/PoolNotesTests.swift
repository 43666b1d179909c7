import Datasets
import Testing

@Suite struct PoolNotesTests {
    @Test func `names of any length take no more than the room for them`() {
        let notes = PoolNotes()
        let name = String(repeating: "n", count: 1 << 20)
        for number in 0..<20 { notes.damage("object \(number)", name, code: .damaged) }
        notes.damage("object 20", "short", code: .damaged)
        #expect(notes.all.count == 17)
        #expect(notes.all.dropLast().last?.cause == "short")
        #expect(notes.all.last?.cause == "5 further problems are not listed")
    }
}

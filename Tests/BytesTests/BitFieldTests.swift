import Bytes
import Testing

@Suite struct BitFieldTests {
    @Test func `reads and writes only its own bits`() {
        let field = BitField(low: 56, count: 5)
        let word = field.write(0x1f, into: 0xff00_0000_0000_00aa)
        #expect(word == 0xff00_0000_0000_00aa)
        #expect(field.read(word) == 31)
        #expect(field.write(2, into: word) == 0xe200_0000_0000_00aa)
    }
}

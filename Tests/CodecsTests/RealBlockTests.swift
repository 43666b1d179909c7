import Bytes
import Testing

@testable import Codecs

/// Blocks that OpenZFS wrote, on little- and big-endian hosts, in every algorithm.
struct RealBlockTests {
    @Test func `the lists are not empty`() {
        #expect(RealBlock.all.count > 150)
        #expect(RecordedFile.all.count > 50)
    }

    @Test(arguments: RealBlock.all)
    func `the checksum is the one in the pointer`(block: RealBlock) throws {
        let bytes = try block.stored()
        let found = try block.checksum.compute(bytes.rawBytes, block.order, salt: block.salt)
        #expect(found.description == block.expected)
    }

    @Test(arguments: RealBlock.all)
    func `the block expands to its logical size and no other`(block: RealBlock) throws {
        let bytes = try block.stored()
        let size = block.logicalSize
        let expanded = try block.compression.decompress(bytes.rawBytes, expectedCount: size)
        #expect(expanded.count == size)
        #expect(throws: CodecError.self) {
            try block.compression.decompress(bytes.rawBytes, expectedCount: size + 512)
        }
        // ZFS itself takes any LZJB or ZLE payload that is long enough.
        if block.compression != .lzjb && block.compression != .zle {
            #expect(throws: CodecError.self) {
                try block.compression.decompress(bytes.rawBytes, expectedCount: size - 512)
            }
        }
    }

    @Test(arguments: RecordedFile.all)
    func `a file's blocks hold the file`(file: RecordedFile) throws {
        let decompressor = Decompressor()
        var content: [UInt8] = []
        for block in RealBlock.all where block.file == file.name {
            let stored = try block.stored()
            content += try decompressor.decompress(
                block.compression, stored.rawBytes, expectedCount: block.logicalSize)
        }
        let bytes = Array(content.prefix(file.size))
        let digest = try ChecksumAlgorithm.sha256.compute(bytes.rawBytes, .little)
        #expect(digest.description.filter { $0 != ":" } == file.digest)
        #expect(content.dropFirst(file.size).allSatisfy { $0 == 0 })
    }
}

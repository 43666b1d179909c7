import Bytes
import Foundation
import Objects
import TestSupport
import Testing
import Verify

/// What is left of a tree that is being freed is what OpenZFS's own library says.
@Suite struct ResumePointTests {
    /// A block of a dnode, where freeing stopped, and whether the block and all below it are freed by then.
    private struct Vector {
        let numbers: [UInt64]

        var dnode: Dnode {
            get throws {
                var bytes = [UInt8](repeating: 0, count: Dnode.slotSize)
                bytes.replaceSubrange(0..<4, with: [1, UInt8(numbers[1]), 1, 1])
                bytes[8] = UInt8(truncatingIfNeeded: numbers[0])
                bytes[9] = UInt8(truncatingIfNeeded: numbers[0] >> 8)
                return try Dnode(bytes.rawBytes, .little)
            }
        }
        var isFreed: Bool { numbers[7] == 1 }

        func remains(from objectSet: UInt64 = .max) throws -> ResumePoint.Remains {
            let bookmark = BlockBookmark(
                objectSet: objectSet, object: numbers[5], level: 0, index: numbers[6])
            return try #require(ResumePoint(bookmark)).below(dnode).remains(
                object: numbers[2], level: Int8(numbers[3]), index: numbers[4])
        }
    }

    /// Made with libzpool 2.3.2: sectors of a data block, log2 of an indirect block; object, level and index of a block;
    /// object and index where freeing stopped; the word of `zbookmark_subtree_completed`.
    private static func vectors() throws -> [Vector] {
        let path = Project.root + "/Tests/VerifyTests/freed-blocks.txt"
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            Vector(numbers: $0.split(separator: " ").compactMap { UInt64($0) })
        }
    }

    @Test func `blocks are freed where libzpool calls them freed`() throws {
        for vector in try Self.vectors() {
            #expect(try (vector.remains() == .nothing) == vector.isFreed, "\(vector.numbers)")
        }
    }

    @Test func `of the block where freeing stopped only itself is left`() throws {
        for vector in try Self.vectors() where !vector.isFreed {
            let numbers = vector.numbers
            let isThere = numbers[2] == numbers[5] && numbers[3] == 0 && numbers[4] == numbers[6]
            #expect(try vector.remains() == (isThere ? .blockAlone : .everything), "\(numbers)")
            // A bookmark that no freeing has left means that nothing below is gone.
            #expect(try vector.remains(from: 0) == .everything, "\(numbers)")
        }
    }

    @Test func `freeing stops at level 0 only`() {
        #expect(ResumePoint(BlockBookmark(objectSet: .max, object: 1, level: 1, index: 0)) == nil)
    }
}

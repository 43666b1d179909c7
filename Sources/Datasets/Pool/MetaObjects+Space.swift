import Bytes
package import Objects

extension MetaObjects {
    package func spaceMap(_ number: UInt64) throws(PoolError) -> SpaceMap {
        let object = try object(number)
        do {
            return try SpaceMap(object)
        } catch {
            throw .object(error)
        }
    }

    package func pointerList(_ number: UInt64) throws(PoolError) -> BlockPointerList {
        let object = try object(number)
        do {
            return try BlockPointerList(object, in: set)
        } catch {
            throw .object(error)
        }
    }

    /// More words than any array of the MOS has.
    private static let mostWords = 1 << 22

    /// The first words of an object that is an array of 64-bit words, as many as it has up to `count`.
    package func words(of number: UInt64, count: Int) throws(PoolError) -> [UInt64] {
        let object = try object(number)
        let perBlock = object.blockSize / 8
        var words: [UInt64] = []
        do throws(ObjectError) {
            var index: UInt64 = 0
            while words.count < count, index < object.blockCount {
                guard words.count <= Self.mostWords else {
                    throw ObjectError(
                        object: number, .limit("the array has more than \(Self.mostWords) words"))
                }
                let block = try object.orderedBlock(index)
                let wanted = min(perBlock, count - words.count)
                for slot in 0..<wanted {
                    let word: UInt64?
                    do {
                        word = try block.map {
                            block throws(OutOfBounds) in
                            try block.bytes.rawBytes.integer(at: slot * 8, block.order)
                        }
                    } catch {
                        throw ObjectError(
                            object: number, .format(FormatError("array", .outOfBounds(error))))
                    }
                    words.append(word ?? 0)
                }
                index += 1
            }
        } catch {
            throw .object(error)
        }
        return words
    }
}

import Bytes
import Codecs

/// Tries one compression on a fuzzer's input: once as a payload, once as a block to pack.
///
/// The first byte chooses the block's size and whether the header that ZFS puts before the payload is
/// put right first, since a fuzzer seldom guesses a length.
func tryCodec(
    _ algorithm: CompressionAlgorithm, headerByteCount: Int, _ bytes: UnsafePointer<UInt8>?,
    _ count: Int
) {
    var input = unsafe FuzzInput(bytes, count)
    let choice = input.byte()
    var payload = input.remaining
    if choice & 0x10 != 0, payload.count >= max(headerByteCount, 4), headerByteCount > 0 {
        let length = payload.count - headerByteCount
        for index in 0..<4 {
            payload[index] = UInt8(truncatingIfNeeded: length >> (24 - index * 8))
        }
        if headerByteCount == 8 { payload.replaceSubrange(4..<8, with: [3, 0, 0x29, 4]) }
    }
    let decompressor = Decompressor()
    let size = 1 << Int(choice & 0x0f)
    var isSound = false
    do throws(CodecError) {
        let first = try decompressor.decompress(
            algorithm, payload.rawBytes, expectedCount: size)
        let second = try decompressor.decompress(
            algorithm, payload.rawBytes, expectedCount: size)
        precondition(first.count == size && first == second, "two answers for one payload")
        isSound = true
    } catch {
        precondition(!error.description.isEmpty)
    }
    packAndExpand(algorithm, payload, decompressor)
    if algorithm.isMeasurable { measure(algorithm, payload, size, isSound: isSound) }
}

/// What is only measured, alone or in turns with another, must be judged as what is expanded; but for a distance of zero,
/// which the library lets pass.
private func measure(
    _ algorithm: CompressionAlgorithm, _ payload: [UInt8], _ size: Int, isSound: Bool
) {
    var alone = true
    do {
        try algorithm.measure(payload.rawBytes, expectedCount: size)
        precondition(isSound, "measured as sound")
    } catch {
        alone = false
        if isSound {
            guard case .malformed(_, let place?, _) = error else {
                preconditionFailure("\(error)")
            }
            precondition(payload[place] == 0 && payload[place + 1] == 0, "\(error)")
        }
    }
    let limit = payload.count + payload.count / 8 + 512
    guard let packed = try? algorithm.compress(payload.rawBytes, limit: limit) else { return }
    let first = algorithm.measure(
        payload.rawBytes, expectedCount: size, and: packed.rawBytes, otherCount: payload.count)
    precondition((first.0 == nil) == alone && first.1 == nil, "in turns: \(first)")
    let second = algorithm.measure(
        packed.rawBytes, expectedCount: payload.count, and: payload.rawBytes, otherCount: size)
    precondition(second.0 == nil && (second.1 == nil) == alone, "in turns: \(second)")
    let saved = algorithm.salvage(payload.rawBytes, expectedCount: size)
    precondition(!alone || saved.count == size, "\(saved.count) of \(size) bytes are saved")
}

private func packAndExpand(
    _ algorithm: CompressionAlgorithm, _ block: [UInt8], _ decompressor: Decompressor
) {
    do throws(CodecError) {
        let limit = block.count + block.count / 8 + 512
        guard let packed = try algorithm.compress(block.rawBytes, limit: limit) else {
            preconditionFailure("\(block.count) bytes do not fit into \(limit)")
        }
        let expanded = try decompressor.decompress(
            algorithm, packed.rawBytes, expectedCount: block.count)
        precondition(expanded == block, "the block came back changed")
    } catch {
        preconditionFailure("a packed block does not expand: \(error)")
    }
}

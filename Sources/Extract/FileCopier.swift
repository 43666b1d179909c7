import Bytes
import Codecs
import Devices
import Files

/// Copies the contents of one file or volume: data as data, holes as holes, and over what can't be read.
struct FileCopier {
    /// Holes of more bytes than this together are not hashed, which would take minutes.
    private static let hashedHoleLimit: UInt64 = 1 << 38

    /// What came of a copy.
    struct Outcome: Sendable {
        var damage = DamageMap()
        /// Nil where there are too many holes to hash.
        var hash: String?
    }

    let context: CopyContext
    /// Whether several threads are worth while.
    let isLarge: Bool

    /// Copies all of `contents`; throws where the target fails. Where the extraction is over, the copy is not
    /// complete, and the caller must not note it.
    func copy(
        _ contents: FileReader, to output: OutputFile
    ) throws(DeviceError) -> Outcome {
        let hash = RunningHash()
        var outcome = Outcome()
        var holeByteCount: UInt64 = 0
        func skip(_ count: UInt64) {
            holeByteCount = holeByteCount &+ count
            if holeByteCount <= Self.hashedHoleLimit { hash.addZeros(count) }
        }
        let workers = WorkerPool(threadCount: isLarge ? max(1, context.options.threadCount) : 1)
        let reader = ReadAhead(
            contents, memory: context.options.memoryPerFile, workers: workers)
        try output.setByteCount(contents.size)
        do throws(Stop) {
            try reader.forEachPiece { piece throws(Stop) in
                switch piece.content {
                case .data(let bytes):
                    hash.add(bytes)
                    do throws(DeviceError) {
                        try output.write(bytes.rawBytes, at: piece.offset)
                    } catch {
                        throw .failure(error)
                    }
                    context.control.meter.add(piece.byteCount)
                case .hole: skip(piece.byteCount)
                case .unreadable(let error):
                    outcome.damage.add(piece.offset, piece.byteCount, "\(error)")
                    skip(piece.byteCount)
                }
                if context.control.isOver { throw .over }
            }
        } catch {
            if case .failure(let error) = error { throw error }
        }
        if holeByteCount <= Self.hashedHoleLimit { outcome.hash = hash.digest }
        return outcome
    }

    /// What ends a copy early.
    private enum Stop: Error {
        case failure(DeviceError)
        case over
    }

    /// The hash behind a reference, since closures that may throw can't borrow it.
    private final class RunningHash {
        private var hash: XXH3?

        init() { hash = XXH3() }

        func add(_ bytes: [UInt8]) { hash?.update(bytes.rawBytes) }
        func addZeros(_ count: UInt64) { hash?.updateZeros(count) }
        var digest: String? { hash?.digest() }
    }
}

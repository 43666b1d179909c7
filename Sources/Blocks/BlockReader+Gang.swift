import Bytes
import Codecs
package import Vdevs

extension BlockReader {
    /// How deep headers may lead to headers; a real tree has fewer than ten levels.
    private static var maximumGangDepth: Int { 32 }
    /// How many headers one block may have, each of which costs a read; the largest block in the smallest pieces
    /// needs half as many.
    private static var maximumGangHeaders: Int { 1 << 16 }

    /// A gang header together with what went wrong on the way to it.
    package struct GangHeaderOutcome: Sendable {
        package let header: GangHeader
        /// The header as stored.
        package let bytes: [UInt8]
        package let incidents: [ReadOutcome.Incident]
    }

    /// The header that a gang pointer leads to, from the first of its copies that passes its own checksum.
    package func gangHeader(
        _ pointer: BlockPointer
    ) throws(BlockError) -> GangHeaderOutcome {
        var failures: [BlockError.CopyFailure] = []
        var incidents: [ReadOutcome.Incident] = []
        for index in 0..<pointer.copyLimit where pointer.dva(index).isGang {
            let dva = pointer.dva(index)
            do throws(BlockError.CopyFailure) {
                let found = try readGangHeader(dva, of: pointer)
                return GangHeaderOutcome(
                    header: found.header, bytes: found.bytes,
                    incidents: incidents + found.incidents)
            } catch {
                failures.append(error)
                incidents.append(ReadOutcome.Incident(dva: dva, what: "\(error.cause)"))
            }
        }
        throw BlockError(pointer, .noGoodCopy(failures))
    }

    private func readGangHeader(
        _ dva: DVA, of pointer: BlockPointer
    ) throws(BlockError.CopyFailure) -> GangHeaderOutcome {
        var verifier = BlockVerifier(gangHeaderOf: pointer)
        var sizes = [GangHeader.legacyByteCount]
        let dynamic = gangHeaderByteCount(pointer)
        // Old headers stay when the feature becomes active, so both lengths are possible.
        if dynamic > GangHeader.legacyByteCount { sizes.insert(dynamic, at: 0) }
        var size = sizes[0]
        do throws(VdevError) {
            let outcome = try vdevs.read(
                dva: dva, count: sizes[0], physicalBirth: pointer.physicalBirth
            ) { bytes in
                for candidate in sizes where candidate <= bytes.byteCount {
                    guard verifier.accepts(bytes.extracting(0..<candidate)) else { continue }
                    size = candidate
                    return true
                }
                return false
            }
            let incidents = outcome.incidents.map {
                ReadOutcome.Incident(dva: dva, what: "\($0)")
            }
            do throws(FormatError) {
                let header = try GangHeader(outcome.bytes.rawBytes.extracting(0..<size))
                return GangHeaderOutcome(
                    header: header, bytes: [UInt8](outcome.bytes.prefix(size)),
                    incidents: incidents)
            } catch {
                throw VdevError.rejected(device: "\(dva)", offset: dva.offset, count: size)
            }
        } catch {
            throw BlockError.CopyFailure(dva: dva, cause: .vdev(error))
        }
    }

    /// How long a dynamic header of that pointer is: the smallest allocation of all its vdevs, and a legacy one
    /// where they can't be told.
    private func gangHeaderByteCount(_ pointer: BlockPointer) -> Int {
        var smallest: Int?
        for index in 0..<pointer.copyLimit where pointer.hasCopy(index) {
            guard let top = try? vdevs.top(pointer.dva(index).vdev) else { continue }
            smallest = min(smallest ?? .max, top.gangHeaderByteCount)
        }
        return smallest ?? GangHeader.legacyByteCount
    }

    /// The stored bytes of a gang block, joined from its members.
    func readGang(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        var gathering = Gathering()
        try gather(pointer, depth: 0, &gathering, root: pointer)
        guard gathering.bytes.count == pointer.physicalSize else {
            throw BlockError(
                pointer,
                .gang(
                    "has members of \(gathering.bytes.count) bytes in all, not the "
                        + "\(pointer.physicalSize) that it says"))
        }
        return ReadOutcome(bytes: gathering.bytes, incidents: gathering.incidents)
    }

    /// Notes where what the members of a header come to is not what the pointer to the header says.
    private func check(
        _ pointer: BlockPointer, from start: Int, _ gathering: inout Gathering
    ) {
        var verifier = BlockVerifier(pointer, salt: salt)
        let bytes = gathering.bytes
        guard !verifier.accepts(bytes.rawBytes.extracting(start..<bytes.count)) else { return }
        gathering.incidents.append(
            ReadOutcome.Incident(
                dva: pointer.dva(0),
                what: "each member matches its checksum, but together they don't match the block's",
                isOfTree: true))
    }

    /// What was read of a gang block so far.
    private struct Gathering {
        var bytes: [UInt8] = []
        var incidents: [ReadOutcome.Incident] = []
        var headers = 0
    }

    private func gather(
        _ pointer: BlockPointer, depth: Int, _ gathering: inout Gathering, root: BlockPointer
    ) throws(BlockError) {
        gathering.headers += 1
        guard depth < Self.maximumGangDepth, gathering.headers <= Self.maximumGangHeaders else {
            throw BlockError(root, .gang("has more headers than a block can need"))
        }
        let outcome = try gangHeader(pointer)
        gathering.incidents += outcome.incidents
        let start = gathering.bytes.count
        for member in outcome.header.pointers where !member.isHole {
            guard !member.isEmbedded,
                member.physicalSize <= root.physicalSize - gathering.bytes.count
            else {
                throw BlockError(root, .gang("has members that are longer than it is"))
            }
            if member.isGang {
                try gather(member, depth: depth + 1, &gathering, root: root)
            } else {
                let part = try readStored(member)
                gathering.bytes += part.bytes
                gathering.incidents += part.incidents
            }
        }
        check(pointer, from: start, &gathering)
    }
}

import Bytes
import Datasets
import Devices
import Files
import Vdevs
import Verify

/// Finds out which bytes of a pool's devices its metadata take: those that a check of all metadata reads.
///
/// So an image of them gives the same findings as the pool. What one side of a mirror is asked for is taken of all its sides,
/// since the image's reader may ask another one.
struct MetadataRanges {
    let candidate: PoolCandidate
    let options: VerifyOptions
    let meter: ProgressMeter
    let interruption: Interruption

    /// The ranges by the leaf's GUID, in order.
    func find() throws -> [GUID: [Range<UInt64>]] {
        let recorders = candidate.devices.mapValues(RecordingDevice.init)
        var watched = candidate
        watched.devices = recorders
        var root = candidate.root
        var options = options
        options.depth = .quick
        do throws(PoolError) {
            let pool = try Pool.open(watched)
            root = pool.rootConfig
            do {
                _ = try Verifier(
                    PoolContents(pool), options, meter: meter, interruption: interruption
                ).run()
            } catch {
                throw .device(error)
            }
        } catch {
            // What could be read on the way to the failure is what there is to look at.
            _ = ClosedPoolVerifier(watched, error, options).run()
        }
        var ranges = recorders.mapValues(\.ranges)
        for (guid, device) in candidate.devices {
            ranges[guid, default: []] += Self.labels(of: device)
        }
        for top in root.children { Self.shareSides(of: top, &ranges) }
        return ranges.mapValues(RecordingDevice.joined)
    }

    /// The four labels, as far as the device has room for them.
    private static func labels(of device: any BlockDevice) -> [Range<UInt64>] {
        (0..<LabelPart.labelCount).compactMap { index in
            LabelPart.labelOffset(index, deviceSize: device.byteCount).map {
                $0..<$0 + UInt64(LabelPart.labelSize)
            }
        }
    }

    private static func shareSides(
        of node: VdevConfig, _ ranges: inout [GUID: [Range<UInt64>]]
    ) {
        guard node.kind.isMirrorLike else {
            for child in node.children { shareSides(of: child, &ranges) }
            return
        }
        let sides = node.leaves.filter { $0.kind.isLeaf }.compactMap(\.guid)
        let all = RecordingDevice.joined(sides.flatMap { ranges[$0] ?? [] })
        for side in sides where ranges[side] != nil { ranges[side] = all }
    }
}

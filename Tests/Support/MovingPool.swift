import Bytes
package import Datasets
import Devices
import Objects
import Synchronization
import Testing
package import Vdevs

/// A pool of one device that moves on from one of its states to the newest while it is read.
///
/// What only the older state leads to is overwritten then, which is the worst that a pool in use can do.
package struct MovingPool {
    /// Where blocks begin on a device (`VDEV_LABEL_START_SIZE`).
    private static let start: UInt64 = 4 << 20

    package let device: SwitchingDevice
    package let candidate: PoolCandidate
    /// The newest state as it is without any overwriting.
    package let newest: Pool

    /// `spoiled` are pointers whose blocks are overwritten too though the newest state leads to them; `older`
    /// is the txg that the pool begins at.
    package init(
        _ archive: TestPool, from older: UInt64, afterReads reads: Int = .max,
        spoiling spoiled: (Pool) throws -> [BlockPointer] = { _ in [] }
    ) throws {
        let found = try #require(
            PoolFinder(threads: 2).find(in: [try archive.unpack()]).pools.first)
        let base = try #require(found.leafDevices.first)
        let guid = try #require(found.devices.first { $0.value.name == base.name }?.key)
        newest = try Pool.open(found)
        let old = try Pool.open(found, PoolOptions(.txg(TransactionGroup(older))))
        let kept = try Self.ranges(of: newest)
        var junk: [Patch] = []
        for range in try Self.ranges(of: old).subtracting(kept) { junk.append(Self.patch(range)) }
        for pointer in try spoiled(newest) {
            for index in 0..<3 where pointer.hasCopy(index) {
                junk.append(Self.patch(Self.range(pointer.dva(index))))
            }
        }
        let before = try Overlay(base, patches: Self.rings(of: base, withoutThoseAfter: older))
        device = SwitchingDevice([before, try Overlay(base, patches: junk)], afterReads: reads)
        var candidate = found
        candidate.devices[guid] = device
        self.candidate = candidate
    }

    private static func range(_ dva: DVA) -> Range<UInt64> {
        dva.offset + start..<dva.offset + start + dva.allocatedSize
    }

    private static func patch(_ range: Range<UInt64>) -> Patch {
        Patch(at: range.lowerBound, [UInt8](repeating: 0x5a, count: range.count))
    }

    /// Where all blocks of a state are that are no data of files.
    private static func ranges(of pool: Pool) throws -> Set<Range<UInt64>> {
        let key = "\(pool.name) \(pool.txg)"
        if let known = known.withLock({ $0[key] }) { return known }
        var pointers = [pool.uberblock.rootPointer]
        var sets = [pool.meta.set]
        for dataset in try pool.datasets().root.datasets where !dataset.rootPointer.isHole {
            pointers.append(dataset.rootPointer)
            sets.append(try pool.objectSet(of: dataset))
        }
        for set in sets {
            func take(_ object: DMUObject) {
                object.forEachBlockPointer { step in
                    if case .pointer(let pointer, _, _) = step { pointers.append(pointer) }
                }
            }
            take(set.metaObject)
            set.forEachDnode { if case .object(let object) = $0 { take(object) } }
        }
        var ranges: Set<Range<UInt64>> = []
        for pointer in pointers where !pointer.isEmbedded && !pointer.isHole {
            for index in 0..<3 where pointer.hasCopy(index) {
                ranges.insert(range(pointer.dva(index)))
            }
        }
        let found = ranges
        known.withLock { $0[key] = found }
        return found
    }

    private static let known = Mutex<[String: Set<Range<UInt64>>]>([:])

    /// Patches that take the uberblocks after a txg out of all rings of a device.
    private static func rings(
        of device: any BlockDevice, withoutThoseAfter txg: UInt64
    ) -> [Patch] {
        var patches: [Patch] = []
        for label in LabelSet(device).labels {
            let size = 1 << label.ring.slotShift
            guard
                let start = LabelPart.labelOffset(label.index, deviceSize: device.byteCount)
            else { continue }
            for slot in label.ring.slots {
                guard let uberblock = slot.validUberblock, uberblock.txg.rawValue > txg else {
                    continue
                }
                let place =
                    start + UInt64(LabelPart.uberblockRing.range.lowerBound + slot.index * size)
                patches.append(Patch(at: place, [UInt8](repeating: 0, count: size)))
            }
        }
        return patches
    }
}

package import Bytes
package import Devices

/// The four labels of a device, and what they say together.
///
/// Each is read by itself: one that fails costs only itself.
package struct LabelSet: Sendable, Hashable {
    package let deviceName: String
    /// In bytes.
    package let deviceSize: UInt64
    /// Always four, in order.
    package let outcomes: [LabelOutcome]
    /// Labels 2 and 3 as they stood at the end of the device when it was smaller; ZFS does not look there.
    package let former: [Label]
    /// The header of a cache device.
    package let cacheHeader: L2ARCHeader?
    /// What the cache device logs of its buffers, where that was asked for.
    package let cacheLog: L2ARCLog?
    /// The label to believe; nil where none has a configuration.
    package let best: Label?

    /// Reads all labels of `device`, and follows the log of a cache device if told to. Read errors become outcomes.
    package init(_ device: any BlockDevice, followsCacheLog: Bool = false) {
        deviceName = device.name
        deviceSize = device.byteCount
        let outcomes = (0..<LabelPart.labelCount).map { Self.outcome($0, device) }
        self.outcomes = outcomes
        let best = Self.best(of: outcomes.compactMap(\.label))
        self.best = best
        former = Self.formerLabels(on: device, best: best)
        let state = best?.config.list.map(PoolIdentity.init(_:))?.state
        cacheHeader =
            state == nil || state == .l2cache ? (try? L2ARCHeader.read(device)) ?? nil : nil
        cacheLog = followsCacheLog ? cacheHeader.map { L2ARCLog($0, on: device) } : nil
    }

    private static func outcome(_ index: Int, _ device: any BlockDevice) -> LabelOutcome {
        guard let offset = LabelPart.labelOffset(index, deviceSize: device.byteCount) else {
            return .noRoom
        }
        do {
            let label = try Label.read(device, index: index, at: offset)
            return label.map(LabelOutcome.read) ?? .noRoom
        } catch {
            return .unreadable(error)
        }
    }

    package var labels: [Label] { outcomes.compactMap(\.label) }

    /// Nothing of ZFS is on the device.
    package var isBlank: Bool { best == nil && bestUberblock() == nil && cacheHeader == nil }

    /// What the best label says of pool and device.
    package var identity: PoolIdentity? { best?.config.list.map(PoolIdentity.init(_:)) }

    /// The top-level vdev that the device belongs to, or for a spare or cache device itself.
    package var vdevTree: VdevConfig? {
        best?.config.list?.list(ConfigKey.vdevTree).map(VdevConfig.init(_:))
    }

    /// The uberblock that ZFS would choose on this device, not newer than `limit`.
    package func bestUberblock(upTo limit: TransactionGroup? = nil) -> Uberblock? {
        var best: Uberblock?
        for label in labels {
            guard let candidate = label.ring.best(upTo: limit) else { continue }
            if best?.precedes(candidate) ?? true { best = candidate }
        }
        return best
    }

    /// The valid uberblocks of all four rings, each once, newest first.
    package var uberblocks: [Uberblock] {
        var seen: Set<Uberblock> = []
        let all = labels.flatMap(\.ring.slots).compactMap(\.validUberblock)
        return all.filter { seen.insert($0).inserted }.sorted { $1.precedes($0) }
    }
}

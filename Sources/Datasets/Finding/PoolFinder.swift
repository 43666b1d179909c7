import Bytes
package import Devices
import Synchronization
import Vdevs

/// Looks for pools on many devices and in many files at once.
package struct PoolFinder: Sendable {
    private let opener: DeviceOpener
    private let workers: WorkerPool
    private let overlay: PoolOverlay?
    private let takesDetached: Bool

    /// `threads` devices are read at once; most of that time is spent waiting for them. The devices of `overlay`'s pool are
    /// seen through it. With `takesDetached` a device that was detached is a pool by itself, where it can be and no other device
    /// of that pool is found.
    package init(
        _ opener: DeviceOpener = DeviceOpener(), threads: Int = 16, overlay: PoolOverlay? = nil,
        takesDetached: Bool = false
    ) {
        self.opener = opener
        self.takesDetached = takesDetached
        self.overlay = overlay
        workers = WorkerPool(threadCount: max(1, threads))
    }

    /// Looks at each of `paths`: devices, image files, and folders that hold them.
    ///
    /// Paths that lead nowhere are passed over where `isOptional`. Partitions inside a file are looked at as
    /// devices; those of a block device only where it was named, since the system has names for them too.
    package func find(in paths: [String], isOptional: Bool = false) -> PoolFindings {
        let scan = DeviceScan(paths, isOptional: isOptional)
        let assembly = Mutex(PoolAssembly())
        let orders = Dictionary(
            scan.entries.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first }
        )
        let strangers = Mutex<[(order: Int, device: any BlockDevice)]>([])
        let detached = Mutex<[(order: Int, device: DetachedDevice)]>([])
        let known = Mutex<[FoundDevice]>([])
        let rejected = scan.map(workers, opener) { entry, opened -> RejectedDevice? in
            let device: any BlockDevice
            switch opened {
            case .success(let opened): device = opened
            case .failure(let error):
                return RejectedDevice(
                    path: entry.path, isNamed: entry.isNamed, reason: error.description,
                    isUnread: true)
            }
            let order = orders[entry.path] ?? .max
            let isDivisible = entry.isNamed || !(entry.identity?.isBlockDevice ?? false)
            let outcomes = look(device, order, withPartitions: isDivisible)
            var reason: String?
            for (part, outcome) in outcomes {
                switch outcome {
                case .found(let device, let config):
                    assembly.withLock { $0.add(device, config: config) }
                    if overlay != nil { known.withLock { $0.append(device) } }
                case .rejected(let what, let former):
                    reason = reason ?? what
                    if let former { detached.withLock { $0.append((order, former)) } }
                    strangers.withLock { $0.append((order, part)) }
                }
            }
            let isFound = outcomes.contains { if case .found = $1 { true } else { false } }
            guard let reason, !isFound else { return nil }
            return RejectedDevice(
                path: entry.path, isNamed: entry.isNamed, reason: reason, isUnread: false)
        }
        var unlabelled = strangers.withLock { $0.sorted { $0.order < $1.order }.map(\.device) }
        for (device, config) in overlaid(&unlabelled, besides: known.withLock { $0 }) {
            assembly.withLock { $0.add(device, config: config) }
        }
        let others = unlabelled
        let former = detached.withLock { $0.sorted { $0.order < $1.order }.map(\.device) }
        return assembly.withLock { assembly in
            let pools = alone(former, besides: assembly.candidates())
            return PoolFindings(
                pools: Self.estranged(Self.compared(pools), others),
                spares: assembly.spares.sorted { $0.order < $1.order },
                caches: assembly.caches.sorted { $0.order < $1.order },
                rejected: rejected.compactMap { $0 }, failures: scan.failures)
        }
    }

    /// Why `device` belongs to no pool; nil where it belongs to one.
    package static func refusal(of device: any BlockDevice) -> String? {
        if case .rejected(let reason, _) = FoundDevice.look(device, order: 0) {
            reason
        } else {
            nil
        }
    }

    /// The pools with those that detached devices are by themselves, if that is wanted.
    private func alone(
        _ former: [DetachedDevice], besides pools: [PoolCandidate]
    ) -> [PoolCandidate] {
        guard takesDetached else { return pools }
        var pools = pools
        for candidate in former.compactMap({ $0.candidate() })
        where !pools.contains(where: { $0.guid == candidate.guid }) {
            pools.append(candidate)
        }
        return pools.sorted { ($0.name, $0.guid.rawValue) < ($1.name, $1.guid.rawValue) }
    }

    /// What is on the device and in its partitions.
    private func look(
        _ device: any BlockDevice, _ order: Int, withPartitions: Bool
    ) -> [(device: any BlockDevice, outcome: FoundDevice.Outcome)] {
        var outcomes = [(device, seen(FoundDevice.look(device, order: order)))]
        guard withPartitions, let table = (try? PartitionTable(of: device)) ?? nil else {
            return outcomes
        }
        for partition in table.partitions {
            guard let part = try? partition.device(on: device) else { continue }
            outcomes.append((part, seen(FoundDevice.look(part, order: order, isPartition: true))))
        }
        return outcomes
    }

    /// The same device through the overlay, where that has something for it.
    private func seen(_ outcome: FoundDevice.Outcome) -> FoundDevice.Outcome {
        guard let overlay, case .found(let found, _) = outcome, let guid = found.identity.guid,
            found.identity.poolGUID == overlay.pool,
            let device = overlay.laid(over: found.device, guid)
        else { return outcome }
        return FoundDevice.look(device, order: found.order, isPartition: found.isPartition)
    }

    /// Devices that are the overlay's pool's in the overlay alone, since their own labels are lost, another pool's or those of a
    /// device that was detached: those whose contents are what it was made for, taken out of `strangers`.
    private func overlaid(
        _ strangers: inout [any BlockDevice], besides known: [FoundDevice]
    ) -> [(FoundDevice, NVList)] {
        guard let overlay else { return [] }
        let laid = Set(known.filter { $0.device is Overlay }.compactMap(\.identity.guid))
        let foreign = known.sorted { $0.order < $1.order }
            .filter { !($0.device is Overlay) && $0.identity.poolGUID != overlay.pool }
            .map(\.device)
        var found: [(FoundDevice, NVList)] = []
        for guid in overlay.devices where !laid.contains(guid) {
            var outcome: FoundDevice.Outcome?
            func isLaid(over device: any BlockDevice) -> Bool {
                outcome = overlay.laid(over: device, guid).map { FoundDevice.look($0, order: .max) }
                if case .found(let found, _) = outcome {
                    return found.identity.poolGUID == overlay.pool
                }
                return false
            }
            if let place = strangers.firstIndex(where: isLaid(over:)) {
                strangers.remove(at: place)
            } else if !foreign.contains(where: isLaid(over:)) {
                continue
            }
            if case .found(let device, let config) = outcome { found.append((device, config)) }
        }
        return found
    }

    /// Gives pools that miss devices everything that is none of theirs by its labels.
    private static func estranged(
        _ pools: [PoolCandidate], _ unlabelled: [any BlockDevice]
    ) -> [PoolCandidate] {
        pools.map { pool in
            guard pool.detached == nil,
                !pool.missing.isEmpty || pool.health == .unavailable
            else { return pool }
            var pool = pool
            pool.strangers =
                unlabelled
                + pools.filter { $0.guid != pool.guid }.flatMap(\.leafDevices)
            return pool
        }
    }

    /// Notes which pools bear the same name.
    private static func compared(_ pools: [PoolCandidate]) -> [PoolCandidate] {
        let byName = Dictionary(grouping: pools.filter { !$0.name.isEmpty }, by: \.name)
        return pools.map { pool in
            let others = (byName[pool.name] ?? []).filter { $0.guid != pool.guid }
            guard !others.isEmpty else { return pool }
            var pool = pool
            pool.obstacles.append(.sameName(others.map(\.guid)))
            return pool
        }
    }
}

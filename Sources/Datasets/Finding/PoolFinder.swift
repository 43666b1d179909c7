import Bytes
package import Devices
import Synchronization
import Vdevs

/// Looks for pools on many devices and in many files at once.
package struct PoolFinder: Sendable {
    private let opener: DeviceOpener
    private let workers: WorkerPool
    private let overlay: PoolOverlay?

    /// `threads` devices are read at once; most of that time is spent waiting for them. The devices of `overlay`'s pool are
    /// seen through it.
    package init(
        _ opener: DeviceOpener = DeviceOpener(), threads: Int = 16, overlay: PoolOverlay? = nil
    ) {
        self.opener = opener
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
                case .rejected(let what):
                    reason = reason ?? what
                    strangers.withLock { $0.append((order, part)) }
                }
            }
            let isFound = outcomes.contains { if case .found = $1 { true } else { false } }
            guard let reason, !isFound else { return nil }
            return RejectedDevice(
                path: entry.path, isNamed: entry.isNamed, reason: reason, isUnread: false)
        }
        let unlabelled = strangers.withLock { $0.sorted { $0.order < $1.order }.map(\.device) }
        return assembly.withLock { assembly in
            PoolFindings(
                pools: Self.estranged(Self.compared(assembly.candidates()), unlabelled),
                spares: assembly.spares.sorted { $0.order < $1.order },
                caches: assembly.caches.sorted { $0.order < $1.order },
                rejected: rejected.compactMap { $0 }, failures: scan.failures)
        }
    }

    /// Why `device` belongs to no pool; nil where it belongs to one.
    package static func refusal(of device: any BlockDevice) -> String? {
        if case .rejected(let reason) = FoundDevice.look(device, order: 0) { reason } else { nil }
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

    /// Gives pools that miss devices everything that is none of theirs by its labels.
    private static func estranged(
        _ pools: [PoolCandidate], _ unlabelled: [any BlockDevice]
    ) -> [PoolCandidate] {
        pools.map { pool in
            guard !pool.missing.isEmpty || pool.health == .unavailable else { return pool }
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

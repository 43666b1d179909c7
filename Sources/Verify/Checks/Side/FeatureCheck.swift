import Bytes
import Datasets
import Objects
import Vdevs

/// Features that are known, counted right, complete with what they build on, and the same in labels and pool.
struct FeatureCheck: Check {
    static let kinds: [ProblemKind] = [
        .featureCount, .featureUnknown, .featureUnknownForWriting, .featureDependency,
        .featureEnabledTxg, .featureLabel,
    ]

    func run(_ context: CheckContext) {
        let pool = context.pool
        guard pool.version == 5000 else { return }
        checkKnown(context)
        checkValues(context)
        let counts = FeatureCounts(context)
        var wrong: Set<String> = []
        var open: [String] = []
        for feature in pool.features.list where feature.known != nil {
            guard let bounds = counts.bounds[feature.name] else {
                if !Self.uncounted.contains(feature.name) { open.append(feature.name) }
                continue
            }
            guard !bounds.contains(feature.references) else { continue }
            var evidence = Record(["feature": .text(feature.name)])
            if bounds.lowerBound == bounds.upperBound {
                evidence.add("expected", .number(bounds.lowerBound))
            } else {
                evidence.add("expected_at_least", .number(bounds.lowerBound))
                evidence.add("expected_at_most", .number(bounds.upperBound))
            }
            evidence.add("found", .word(feature.references))
            wrong.insert(feature.guid)
            context.report(
                Problem(.featureCount, at: Self.place(feature, pool), evidence: evidence))
        }
        if !open.isEmpty {
            context.leaveUnchecked(
                "the counts of features \(open.joined(separator: ", "))",
                "not all that they count can be read")
        }
        checkLabels(context, except: wrong)
    }

    /// Features whose users leave no trace that could be counted: crash dumps of another system, and headers of gang blocks,
    /// which count themselves when the first large one is written.
    private static let uncounted: Set<String> = ["multi_vdev_crash_dump", "dynamic_gang_header"]

    /// Each feature has one number: a count, and the group in which it was enabled (`feature_get_refcount_from_disk`,
    /// `module/zfs/zfeature.c`).
    private func checkValues(_ context: CheckContext) {
        let pool = context.pool
        let meta = MetaObjects(pool.meta.set, notes: PoolNotes())
        let tables: [(ObjectDirectory.Key, ProblemKind)] = [
            (.featuresForRead, .featureCount), (.featuresForWrite, .featureCount),
            (.featureEnabledTxg, .featureEnabledTxg),
        ]
        for (key, kind) in tables {
            guard let object = pool.directory.object(key) else { continue }
            // What can't be read, the check of tables tells.
            for entry in (try? meta.entries(of: object, key.rawValue)) ?? []
            where entry.uint64 == nil {
                var place = Location()
                place.objectSet = 0
                place.object = object
                place.key = entry.name
                context.report(
                    Problem(
                        kind, at: place,
                        evidence: Record(["cause": "its value is not one number"])))
            }
        }
    }

    private func checkKnown(_ context: CheckContext) {
        let pool = context.pool
        for feature in pool.features.list {
            let place = Self.place(feature, pool)
            if let known = feature.known {
                for name in known.dependencies where !pool.features.isEnabled(name) {
                    context.report(
                        Problem(
                            .featureDependency, at: place,
                            evidence: Record(["missing": .text(name)])))
                }
            } else if feature.isActive {
                let kind: ProblemKind =
                    feature.isNeededForReading ? .featureUnknown : .featureUnknownForWriting
                context.report(
                    Problem(
                        kind, at: place, evidence: Record(["count": .word(feature.references)])))
            }
            if let txg = feature.enabledTxg, txg > pool.txg {
                context.report(
                    Problem(
                        .featureEnabledTxg, at: place,
                        evidence: Record(["expected_at_most": .txg(pool.txg), "found": .txg(txg)])))
            }
        }
    }

    /// What the newest labels repeat, against what the MOS needs.
    private func checkLabels(_ context: CheckContext, except wrong: Set<String>) {
        let pool = context.pool
        // Labels tell of the newest state only.
        let labels = context.labels.devices.filter(\.isLeaf).compactMap(\.labels.identity)
        let newest = labels.filter { $0.poolGUID == pool.candidate.guid }
            .max { ($0.txg?.rawValue ?? 0) < ($1.txg?.rawValue ?? 0) }
        guard !pool.isCheckpoint, pool.uberblock == pool.uberblocks.first,
            let identity = newest, let txg = identity.txg, txg <= pool.txg
        else { return }
        let expected = Set(
            pool.features.list.filter {
                $0.isActive && ($0.known?.traits.contains(.neededForMOS) ?? false)
            }.map(\.guid))
        let found = Set(identity.featuresForRead)
        for guid in expected.symmetricDifference(found).subtracting(wrong).sorted() {
            var place = Location()
            place.key = guid
            context.report(
                Problem(
                    .featureLabel, at: place,
                    evidence: Record([
                        "in_pool": .flag(expected.contains(guid)),
                        "in_labels": .flag(found.contains(guid)),
                    ])))
        }
    }

    private static func place(_ feature: Feature, _ pool: Pool) -> Location {
        var place = Location()
        place.objectSet = 0
        place.object = pool.directory.object(
            feature.isNeededForReading ? .featuresForRead : .featuresForWrite)
        place.key = feature.guid
        return place
    }
}

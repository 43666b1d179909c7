package import Bytes
package import Datasets
package import Files

/// What `dump` shows of a pool: the overview, or the parts that were asked for.
///
/// Each part stands in a file of its own. Damage met on the way is collected with the pool and reported
/// at the end by `finish`.
package struct DumpReport {
    let contents: PoolContents
    let output: Output
    /// When blocks that are named by their address were born, where the user knows.
    let birth: TransactionGroup?

    package init(_ contents: PoolContents, _ output: Output, birth: TransactionGroup? = nil) {
        self.contents = contents
        self.output = output
        self.birth = birth
    }

    var pool: Pool { contents.pool }

    var verbosity: Int { output.options.verbosity }

    /// Prints the parts in the order given, or the overview where none is, and then what was damaged.
    ///
    /// Damage to one part does not keep the others from being shown. Throws where the pool has no such part.
    package func show(_ topics: [DumpTopic]) throws(PoolError) {
        defer { finish() }
        if topics.isEmpty { showOverview() }
        for topic in topics {
            do throws(PoolError) {
                try show(topic)
            } catch {
                guard error.isDamage else { throw error }
                pool.notes.damage("\(topic)", "\(error)", code: PoolNote.Code(error))
            }
        }
    }

    /// Prints one part; throws where nothing of it can be read.
    private func show(_ topic: DumpTopic) throws(PoolError) {
        switch topic {
        case .part(let part): try show(part)
        case .dataset(let name): try showDataset(name)
        case .object(let dataset, let number): try showObject(number, in: dataset)
        case .path(let item): try showPath(item)
        case .block(let address): try showBlock(address)
        }
    }

    private func show(_ part: DumpTopic.Part) throws(PoolError) {
        switch part {
        case .config: showConfig()
        case .uberblocks: showUberblocks()
        case .features: showFeatures()
        case .mos: try showMeta()
        case .datasets: try showDatasets()
        case .properties: try showProperties()
        case .history: try showHistory()
        case .vdevs: showVdevs()
        case .metaslabs: showMetaslabs()
        case .spacemaps: showSpaceMaps()
        case .ddt: try showDedup()
        case .brt: try showReferences()
        case .zil: try showIntentLogs()
        case .bookmarks: try showBookmarks()
        case .errors: showErrors()
        case .scan: try showScan()
        }
    }

    /// Reports what was damaged on the way.
    private func finish() {
        output.report(pool.notes)
    }
}

extension PoolError {
    /// Whether it is the pool that is at fault, not the question.
    fileprivate var isDamage: Bool {
        switch self {
        case .noSuchDataset, .absent, .notAPool, .wrongKey, .badKey, .cancelled: false
        default: true
        }
    }
}

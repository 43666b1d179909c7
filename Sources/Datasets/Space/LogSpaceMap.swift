package import Bytes
package import Objects

/// The space map changes of one txg for the whole pool, until each metaslab has them in its own map.
///
/// Mirrors `spa_log_sm_t` (`include/sys/spa_log_spacemap.h`).
package struct LogSpaceMap: Sendable {
    /// Counts units of 512 bytes from the start of each vdev.
    package static let shift: UInt8 = 9

    package let txg: TransactionGroup
    package let map: SpaceMap

    package init(txg: TransactionGroup, map: SpaceMap) {
        self.txg = txg
        self.map = map
    }

    package var record: Record {
        Record([
            "txg": .txg(txg),
            "object": .number(map.object.number),
            "length": .bytes(map.header.length),
            "allocated": .signed(map.header.allocated),
        ])
    }
}

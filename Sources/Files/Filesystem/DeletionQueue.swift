package import Objects

/// Files that were unlinked while open, or whose blocks are yet to be freed.
///
/// The next mount frees them; until then their contents can be read. Mirrors the `DELETE_QUEUE` of the
/// master node (`zfs_unlinked_drain`).
package struct DeletionQueue: Sendable {
    /// The object numbers in ascending order.
    package let objects: [UInt64]
    package let problems: [ZAPProblem]

    /// Reads the queue; its keys are the numbers in hexadecimal (`zap_add_int`).
    package init(of filesystem: Filesystem) throws(FilesError) {
        guard let number = filesystem.deleteQueueObject else {
            objects = []
            problems = []
            return
        }
        do throws(ObjectError) {
            var found: Set<UInt64> = []
            problems = try ZAP(try filesystem.objectSet.object(number)).forEachEntry { entry in
                if let object = entry.uint64 { found.insert(object) }
            }
            objects = found.sorted()
        } catch {
            throw FilesError(.object(error))
        }
    }
}

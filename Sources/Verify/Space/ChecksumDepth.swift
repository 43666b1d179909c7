/// Which blocks a space check reads and proves by their checksums.
package enum ChecksumDepth: String, Sendable, CaseIterable {
    /// Only what the walk itself needs: object sets, dnodes, indirect blocks.
    case none
    /// Also all other metadata: directories, ZAPs, attributes, space maps.
    case metadata
    /// Everything, file contents included.
    case all
}

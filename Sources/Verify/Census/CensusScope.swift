import Bytes

/// What a walk over one tree leaves out.
struct CensusScope: Sendable {
    /// Blocks up to this group belong to somebody else.
    let floor: TransactionGroup
    /// Where freeing goes on in a destroyed dataset; nil where nothing was freed.
    var resume: ResumePoint?
}

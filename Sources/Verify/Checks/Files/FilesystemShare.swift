/// What the check of one file system may take of the run.
struct FilesystemShare: Sendable {
    /// In bytes.
    let memory: Int
    let threadCount: Int
    /// Whether there is no larger share to be had.
    let isLastTry: Bool
}

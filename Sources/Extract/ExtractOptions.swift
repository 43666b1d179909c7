/// How an extraction deals with its target and the machine.
package struct ExtractOptions: Sendable {
    /// Replace files that are in the way.
    package var replacesFiles = false
    /// How many files are copied, and records of large files read, at once.
    package var threadCount = 4
    /// How many bytes of contents may be held at once.
    package var memory: UInt64 = 256 << 20
    /// Look for files that no directory holds.
    package var findsLost = true

    package init() {}

    /// The share of one file, since as many as there are threads are copied at once.
    var memoryPerFile: UInt64 { memory / UInt64(max(1, threadCount)) }
}

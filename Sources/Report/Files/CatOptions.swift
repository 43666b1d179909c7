/// Which bytes of a file are written, and what becomes of those that can't be read.
package struct CatOptions: Sendable {
    /// Bytes from the start of the file.
    package var offset: UInt64 = 0
    package var length: UInt64 = .max
    /// Zeros stand for what can't be read, and the rest follows.
    package var skipsErrors = false
    /// How many bytes may be held in memory.
    package var memory: UInt64 = 256 << 20
    package var threads = 1

    package init() {}
}

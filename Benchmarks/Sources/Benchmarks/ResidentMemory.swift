import Glibc

/// What the process has in memory.
enum ResidentMemory {
    /// The most bytes that were resident at any time.
    static var peak: Int {
        var usage = rusage()
        unsafe getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss << 10
    }
}

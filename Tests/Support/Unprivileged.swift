import Glibc

/// Work done as a user who owns nothing, so that tests that run as root meet closed doors too.
package enum Unprivileged {
    /// Runs `body` with this one thread's file accesses made as `nobody`.
    ///
    /// `setfsuid(2)` also takes the right to read everything away from the thread. Swift does not import
    /// it, so it is looked up by name.
    package static func run<Result>(_ body: () throws -> Result) rethrows -> Result {
        typealias Function = @convention(c) (UInt32) -> Int32
        guard let symbol = unsafe dlsym(nil, "setfsuid") else { return try body() }
        // Sound: this is the function's C type, from `sys/fsuid.h`.
        let setUser = unsafe unsafeBitCast(symbol, to: Function.self)
        let user = setUser(65534)
        defer { _ = setUser(UInt32(bitPattern: user)) }
        return try body()
    }
}

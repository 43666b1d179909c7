import Glibc

/// How fast this machine moves bytes that are in the cache: a bound for all the rest.
enum CopyBenchmark {
    static let rows = [
        Row(name: "memcpy") { size in
            let source = Sample.bytes(size)
            var target = source
            return Stopwatch.speed(size) {
                unsafe target.withUnsafeMutableBytes { output in
                    unsafe source.withUnsafeBytes { input in
                        _ = unsafe memcpy(output.baseAddress!, input.baseAddress!, size)
                    }
                }
            }
        }
    ]
}

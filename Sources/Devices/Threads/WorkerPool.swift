import Glibc
import Synchronization

/// A fixed number of threads that share out the numbers below a count.
///
/// Each thread takes the next number until none is left, so an item that takes long delays nobody else.
/// The caller works along, which also means that the work gets done where no thread can be had.
package struct WorkerPool: Sendable {
    /// How many threads work at once, the caller's among them.
    package let threadCount: Int

    package init(threadCount: Int) {
        precondition(threadCount > 0, "a pool without workers")
        self.threadCount = threadCount
    }

    /// As many threads as there are processors.
    package static var processors: WorkerPool {
        WorkerPool(threadCount: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// Calls `body` once for each number below `count`, and returns when all calls have returned.
    package func forEach(below count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let next = Cursor()
        let running = Monitor(0)
        let work: @Sendable () -> Void = {
            while let index = next.take(below: count) { body(index) }
        }
        for _ in 1..<max(1, min(threadCount, count)) {
            running.update { $0 += 1 }
            let started = Worker.start {
                work()
                running.update { $0 -= 1 }
            }
            if !started { running.update { $0 -= 1 } }
        }
        work()
        running.wait { $0 == 0 ? () : nil }
    }

    /// The results of `body` for each number below `count`, in order of the numbers.
    package func map<Result: Sendable>(
        below count: Int, _ body: @escaping @Sendable (Int) -> Result
    ) -> [Result] {
        let results = Mutex([Result?](repeating: nil, count: count))
        forEach(below: count) { index in
            let result = body(index)
            results.withLock { $0[index] = result }
        }
        return results.withLock { $0.compactMap { $0 } }
    }
}

extension WorkerPool {
    /// The next number nobody has taken yet.
    private final class Cursor: Sendable {
        private let next = Atomic<Int>(0)

        func take(below count: Int) -> Int? {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            return index < count ? index : nil
        }
    }
}

import Devices
import Foundation
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
    @Test("does each item once", arguments: [1, 2, 7], [0, 1, 5, 1000])
    func once(threads: Int, count: Int) {
        let calls = Mutex([Int](repeating: 0, count: count))
        WorkerPool(threadCount: threads).forEach(below: count) { index in
            calls.withLock { $0[index] += 1 }
        }
        #expect(calls.withLock { $0.allSatisfy { $0 == 1 } })
    }

    @Test func `keeps the order of results`() {
        let squares = WorkerPool(threadCount: 4).map(below: 500) { $0 * $0 }
        #expect(squares == (0..<500).map { $0 * $0 })
    }

    @Test func `items run side by side`() {
        // Each of three items waits for the two others, which one thread could never do.
        let arrived = Monitor(0)
        let all = WorkerPool(threadCount: 3).map(below: 3) { _ in
            arrived.update { $0 += 1 }
            return arrived.wait(until: Deadline(secondsFromNow: 20)) { $0 == 3 ? true : nil }
        }
        #expect(all == [true, true, true])
    }

    @Test func `a wait ends at its deadline`() {
        let monitor = Monitor(0)
        let time = ContinuousClock().measure {
            #expect(
                monitor.wait(until: Deadline(secondsFromNow: 0.03)) { $0 == 1 ? 1 : nil } == nil)
        }
        #expect(time >= .milliseconds(29))
    }

    /// Does nothing for so long.
    static func pause(seconds: Double) throws {
        Thread.sleep(forTimeInterval: seconds)
    }
}

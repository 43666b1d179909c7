import Bytes

/// Reads many small runs of bytes from several devices as fast as these go.
///
/// Requests are sorted by offset and neighbours merged to reads of up to 1 MiB; each device has threads of its
/// own that keep several reads under way, and each thread hands what it read to the receiver itself, while the
/// bytes are still in its cache. Where a merged read fails its requests are read one by one, so that a bad sector
/// costs only the block it is in. `add` waits while too many requests are pending, which bounds memory:
/// the threads' buffers and 24 bytes a request.
package final class ReadScheduler: Sendable {
    /// How a scheduler reads.
    package struct Limits: Sendable {
        /// Reads under way at once on each device.
        package var depth = 8
        /// Bytes that one read may have.
        package var mergedByteCount = 1 << 20
        /// Bytes that are read in vain rather than reading twice.
        package var gap = 32 << 10
        /// Requests that may be pending on each device.
        package var pending = 1 << 16
        /// Bytes that the buffers of all threads may take together.
        package var buffers = 64 << 20

        package init() {}

        /// The same with what `buffers` allows for so many devices.
        fileprivate func fitted(to deviceCount: Int) -> Limits {
            var fitted = self
            let each = buffers / max(1, deviceCount)
            fitted.depth = max(1, min(depth, each / max(1, mergedByteCount)))
            fitted.mergedByteCount = max(128 << 10, min(mergedByteCount, each / fitted.depth))
            return fitted
        }
    }

    private struct State {
        var sweep = ReadSweep()
        var isEnding = false
        /// What waits is to be read now, however little it is.
        var isHurried = false
        var waitingProducers = 0
        /// Threads that were started.
        var threads = 0
    }

    private let devices: [any BlockDevice]
    private let receiver: any ReadReceiver
    private let limits: Limits
    private let queues: [Monitor<State>]
    /// Threads that have not ended.
    private let running = Monitor(0)

    /// Starts the threads; `finish` must be called in the end.
    package init(
        _ devices: [any BlockDevice], _ receiver: any ReadReceiver, _ limits: Limits = Limits()
    ) {
        self.devices = devices
        self.receiver = receiver
        self.limits = limits.fitted(to: devices.count)
        queues = devices.map { _ in Monitor(State()) }
        for worker in 0..<workerCount {
            running.update { $0 += 1 }
            queues[worker / self.limits.depth].update { $0.threads += 1 }
            let isStarted = Worker.start {
                self.serve(worker)
                self.running.update { $0 -= 1 }
            }
            if !isStarted {
                running.update { $0 -= 1 }
                queues[worker / self.limits.depth].update { $0.threads -= 1 }
            }
        }
    }

    /// How many threads there are; the receiver is called with numbers below it.
    package var workerCount: Int { devices.count * limits.depth }

    /// Queues requests for a device; waits while it has too many.
    package func add(_ requests: [ReadRequest], device: Int) {
        precondition(devices.indices.contains(device), "a request for a device that is not there")
        let queue = queues[device]
        if queue.wait({ $0.threads }) == 0 {
            // No thread could be had; the caller does the work.
            queue.update { state in
                state.sweep.add(requests[...])
                state.isHurried = true
            }
            serve(device * limits.depth, untilEmpty: true)
            return
        }
        var rest = requests[...]
        queue.update { $0.waitingProducers += 1 }
        while !rest.isEmpty {
            rest = queue.wait { state in
                let room = limits.pending - state.sweep.count
                guard room > 0 else { return nil }
                state.sweep.add(rest.prefix(room))
                return rest.dropFirst(room)
            }
            queue.update { _ in }
        }
        queue.update { $0.waitingProducers -= 1 }
    }

    /// Has what waits read now, rather than when enough for a long sweep has come.
    ///
    /// For a caller that adds nothing more until it has been served.
    package func flush() {
        for queue in queues { queue.update { $0.isHurried = $0.sweep.count > 0 } }
    }

    /// Returns when all requests have been delivered and the threads have ended.
    package func finish() {
        for queue in queues { queue.update { $0.isEnding = true } }
        running.wait { $0 == 0 ? () : nil }
    }

    /// The same, but requests that are not yet being read are dropped.
    package func cancel() {
        for queue in queues {
            queue.update { state in
                state.isEnding = true
                state.sweep.removeAll()
            }
        }
        finish()
    }

    /// What a thread does until the end, or until nothing waits any more.
    private func serve(_ worker: Int, untilEmpty: Bool = false) {
        let device = worker / limits.depth
        var buffer: [UInt8] = []
        var extent: [ReadRequest] = []
        while takeExtent(device, into: &extent, untilEmpty) {
            read(extent, device, worker, &buffer)
        }
    }

    /// Waits for the next run of neighbours; false at the end.
    private func takeExtent(
        _ device: Int, into extent: inout [ReadRequest], _ untilEmpty: Bool
    ) -> Bool {
        let queue = queues[device]
        var isWanted = false
        let isTaken = queue.wait { state -> Bool? in
            let minimum = state.isEnding || state.isHurried ? 1 : limits.pending / 2
            isWanted = state.waitingProducers > 0
            if state.sweep.take(
                into: &extent, minimum: minimum, gap: UInt64(limits.gap),
                limit: UInt64(limits.mergedByteCount))
            {
                if state.sweep.count == 0 { state.isHurried = false }
                return true
            }
            return state.isEnding || untilEmpty ? false : nil
        }
        if isWanted { queue.update { _ in } }
        return isTaken
    }

    /// Reads neighbours at once, or one by one where that fails.
    private func read(
        _ extent: [ReadRequest], _ device: Int, _ worker: Int, _ buffer: inout [UInt8]
    ) {
        guard extent.count > 1, let first = extent.first else {
            for request in extent { read(request, device, worker, &buffer) }
            return
        }
        let end = extent.reduce(0) { max($0, $1.end) }
        let count = Int(end - first.offset)
        if fill(&buffer, device, at: first.offset, count: count) != nil {
            for request in extent { read(request, device, worker, &buffer) }
            return
        }
        for request in extent {
            let start = Int(request.offset - first.offset)
            let bytes = buffer.rawBytes.extracting(start..<start + Int(request.count))
            receiver.receive(bytes, request, device: device, worker: worker)
        }
    }

    private func read(
        _ request: ReadRequest, _ device: Int, _ worker: Int, _ buffer: inout [UInt8]
    ) {
        let count = Int(request.count)
        if let error = fill(&buffer, device, at: request.offset, count: count) {
            receiver.fail(error, request, device: device, worker: worker)
        } else {
            receiver.receive(
                buffer.rawBytes.extracting(first: count), request, device: device, worker: worker)
        }
    }

    /// Reads to the front of `buffer`, which grows to the longest read.
    private func fill(
        _ buffer: inout [UInt8], _ device: Int, at offset: UInt64, count: Int
    ) -> DeviceError? {
        if buffer.count < count { buffer = [UInt8](repeating: 0, count: count) }
        return buffer.withMutableRawBytes { bytes -> DeviceError? in
            do throws(DeviceError) {
                var part = bytes._mutatingExtracting(first: count)
                try devices[device].read(at: offset, into: &part)
                return nil
            } catch {
                return error
            }
        }
    }
}

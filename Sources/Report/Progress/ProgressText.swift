package import Devices

/// What the line of progress says: pass, amount, rate, time left.
///
/// The rate is that of the whole pass, since times left that jump about help nobody.
package struct ProgressText {
    private var pass: ProgressMeter.Pass?
    private var start = ContinuousClock.now

    package init() {}

    /// The line for what has been done of a pass by `now`.
    package mutating func line(
        _ current: ProgressMeter.Pass, done: UInt64, now: ContinuousClock.Instant = .now
    ) -> String {
        if current != pass {
            pass = current
            start = now
        }
        let seconds =
            Double((now - start).components.seconds)
            + Double((now - start).components.attoseconds) * 1e-18
        let number = current.count.map { "[\(current.number)/\($0)] " } ?? ""
        var parts = [number + current.name + ":"]
        if let total = current.total, total > 0 {
            let share = min(100, Double(done) / Double(total) * 100)
            parts.append("\(Int(share)) %,")
            parts.append("\(amount(done, current)) of \(amount(total, current))")
        } else {
            parts.append(amount(done, current))
        }
        // A rate from less than a second says nothing.
        if seconds >= 1, done > 0 {
            let rate = Double(done) / seconds
            parts[parts.count - 1] += ","
            parts.append("\(amount(UInt64(min(rate, 1e18)), current))/s")
            if let total = current.total, total > done {
                parts[parts.count - 1] += ","
                parts.append("\(Self.time(Double(total - done) / rate)) left")
            }
        }
        return parts.joined(separator: " ")
    }

    private func amount(_ number: UInt64, _ pass: ProgressMeter.Pass) -> String {
        pass.isBytes ? Units.size(number) : Units.count(number)
    }

    /// Minutes and seconds, or hours and minutes with an `h` between.
    private static func time(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9))
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return hours > 0
            ? "\(hours)h\(padded(minutes))" : "\(minutes):\(padded(whole % 60))"
    }
}

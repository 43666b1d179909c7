import Devices
import Report
import Testing

@Suite struct ProgressTextTests {
    @Test func `amount, rate and time left are shown once a second has passed`() throws {
        let meter = ProgressMeter(passCount: 3)
        meter.begin("walking the block tree", total: 600 << 20, isBytes: true)
        let pass = try #require(meter.current)
        var text = ProgressText()
        let start = ContinuousClock.now
        #expect(
            text.line(pass, done: 0, now: start) == "[1/3] walking the block tree: 0 %, 0B of 600M")
        #expect(
            text.line(pass, done: 150 << 20, now: start.advanced(by: .seconds(2)))
                == "[1/3] walking the block tree: 25 %, 150M of 600M, 75M/s, 0:06 left")
    }

    @Test func `each pass begins at zero, and one without a total only counts`() throws {
        let meter = ProgressMeter()
        meter.begin("reading", total: 10)
        meter.add(7)
        #expect(meter.done == 7)
        meter.begin("comparing")
        #expect(meter.done == 0)
        let pass = try #require(meter.current)
        var text = ProgressText()
        let start = ContinuousClock.now
        _ = text.line(pass, done: 0, now: start)
        #expect(
            text.line(pass, done: 12_000, now: start.advanced(by: .seconds(4)))
                == "comparing: 12,000, 3,000/s")
    }
}

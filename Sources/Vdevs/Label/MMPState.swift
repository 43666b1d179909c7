package import Bytes

/// What an uberblock tells about multihost protection (multi-modifier protection, MMP).
///
/// A host that has the pool imported writes an uberblock every second or so, so that another host can see
/// that the pool is in use. Mirrors `ub_mmp_magic`, `ub_mmp_delay` and `ub_mmp_config`
/// (`include/sys/uberblock_impl.h`).
package struct MMPState: Sendable, Hashable {
    package static let magicNumber: UInt64 = 0xa11c_ea11

    /// `ub_mmp_magic`; anything else than the magic number makes the other two void.
    package let magic: UInt64
    /// `ub_mmp_delay`: nanoseconds since the last multihost write; 0 where the protection is off.
    package let delay: UInt64
    /// `ub_mmp_config`: the three numbers below and the bits that say which of them count.
    package let config: UInt64

    package init(magic: UInt64, delay: UInt64, config: UInt64) {
        self.magic = magic
        self.delay = delay
        self.config = config
    }

    private enum Bits {
        static let valid = BitField(low: 0, count: 8)
        static let interval = BitField(low: 8, count: 24)
        static let sequence = BitField(low: 32, count: 16)
        static let failIntervals = BitField(low: 48, count: 16)
    }

    /// Whether the writer knew of multihost protection at all.
    package var isKnown: Bool { magic == Self.magicNumber }
    /// Whether the pool had multihost protection on.
    package var isOn: Bool { isKnown && delay != 0 }
    /// Which numbers count: bit 0 the interval, bit 1 the sequence number, bit 2 the fail intervals.
    package var validBits: UInt64 { Bits.valid.read(config) }
    /// Milliseconds between two writes to one device.
    package var interval: UInt64? { number(Bits.interval, validBit: 1) }
    /// Tells writes within one second apart.
    package var sequence: UInt64? { number(Bits.sequence, validBit: 2) }
    /// After how many intervals without a successful write the host suspends the pool; 0 means never.
    package var failIntervals: UInt64? { number(Bits.failIntervals, validBit: 4) }

    private func number(_ bits: BitField, validBit: UInt64) -> UInt64? {
        isKnown && validBits & validBit != 0 ? bits.read(config) : nil
    }

    package var record: Record {
        var record = Record(["on": .flag(isOn)])
        guard isKnown else {
            if magic != 0 { record.add("magic", .word(magic)) }
            return record
        }
        record.add("delay_nanoseconds", .number(delay))
        record.add("interval_milliseconds", interval.map(Record.Value.number))
        record.add("sequence", sequence.map(Record.Value.number))
        record.add("fail_intervals", failIntervals.map(Record.Value.number))
        return record
    }
}

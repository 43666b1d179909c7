package import Bytes

extension VdevTree {
    /// What must be written to which devices so that `bytes`, a block as stored, lie at `dva`: every side of a mirror,
    /// every column of a RAID-Z or dRAID with its parity.
    ///
    /// Devices that are not there are among them, so that the caller knows which of them miss the block; `birth` is the
    /// physical birth that the block is going to have. Throws where nothing can be written: a hole, a removed vdev.
    /// Mirrors the write half of `vdev_mirror_io_start` and `vdev_raidz_io_start`.
    package func writes(
        of bytes: [UInt8], at dva: DVA, birth: TransactionGroup
    ) throws(VdevError) -> [DeviceWrite] {
        let place = VdevPlace(
            tree: self, vdev: dva.vdev, offset: dva.offset, birth: birth, depth: 0)
        return try top(dva.vdev).layout.writes(of: bytes, to: place)
    }
}

extension Member {
    /// The same bytes for each device of the position.
    func writes(of bytes: [UInt8], at offset: UInt64, _ place: VdevPlace) -> [DeviceWrite] {
        locations(at: offset, count: bytes.count, role: .data(blockOffset: 0), place).map {
            DeviceWrite($0.guid, at: $0.offset, bytes)
        }
    }
}

extension [UInt8] {
    /// The bytes with zeros behind them up to a whole number of sectors of `1 << ashift` bytes.
    func filled(toShift ashift: UInt8) -> [UInt8] {
        let size = 1 << Int(ashift)
        let rest = count % size
        return rest == 0 ? self : self + [UInt8](repeating: 0, count: size - rest)
    }
}

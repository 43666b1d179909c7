import Bytes
import Codecs
import Vdevs

/// libFuzzer's entry: one part of a label, a cache device's header or a zpool.cache.
///
/// The first byte chooses which, and whether it gets a right checksum, since a fuzzer does not guess one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    var input = unsafe FuzzInput(bytes, count)
    let choice = input.byte()
    let payload = input.remaining
    let part = choice & 0x10 == 0 ? payload : sealed(payload)
    switch choice % 5 {
    case 0: tryConfig(LabelConfig(part.rawBytes, at: 0))
    case 1: _ = BootEnvironment(part.rawBytes, at: 0).record
    case 2: tryRing(UberblockRing(part.rawBytes, at: 0, ashift: UInt64(choice >> 5) + 9))
    case 3: if let header = try? L2ARCHeader(part.rawBytes, at: 0) { _ = header.record }
    default: if let cache = try? CacheFile(payload.rawBytes) { _ = cache.record }
    }
    return 0
}

private func tryConfig(_ config: LabelConfig) {
    _ = config.record
    guard let list = config.list else { return }
    _ = PoolIdentity(list).record
    guard let tree = list.list(ConfigKey.vdevTree).map(VdevConfig.init(_:)) else { return }
    for vdev in tree.all { _ = (vdev.record, vdev.states, vdev.name, vdev.parity) }
    _ = list.differences(from: tree.list)
}

private func tryRing(_ ring: UberblockRing) {
    _ = (ring.record, ring.best(), ring.multihostSlot)
    for uberblock in ring.slots.compactMap(\.uberblock) {
        var encoded = [UInt8](repeating: 0, count: Uberblock.Layout.byteCount)
        try? uberblock.encode(into: &encoded)
        precondition((try? Uberblock(encoded.rawBytes)) == uberblock, "an uberblock changed")
    }
}

/// `payload` filled up to a slot's size, with a checksum at its end for the start of a device.
private func sealed(_ payload: [UInt8]) -> [UInt8] {
    let size = max(1024, (payload.count + 1023) / 1024 * 1024)
    var part = payload + [UInt8](repeating: 0, count: size - payload.count)
    try? EmbeddedChecksum.seal(
        &part, .label, verifier: EmbeddedChecksum.labelVerifier(offset: 0), .little)
    return part
}

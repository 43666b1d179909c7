/// The bytes that libFuzzer hands to a harness, taken from the front.
struct FuzzInput {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: UnsafePointer<UInt8>?, _ count: Int) {
        rest = unsafe [UInt8](UnsafeBufferPointer(start: bytes, count: count))[...]
    }

    /// The next byte, or 0 where there is none.
    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    /// Everything not taken yet.
    var remaining: [UInt8] { Array(rest) }
}

/// How blocks become columns: the part in which RAID-Z and dRAID differ.
protocol StripeGeometry: Sendable {
    /// The children, by the numbers that columns hold.
    var members: [Member] { get }

    /// Whether sectors of a row that hold nothing are written as zeros.
    var fillsRows: Bool { get }

    /// The columns of a block of `count` stored bytes.
    func map(_ place: VdevPlace, count: Int) throws(VdevError) -> StripeMap

    /// Groups of columns that one silently wrong device would spoil together.
    func suspects(in map: StripeMap) -> [[StripeMap.Cell]]

    func allocatedSize(of count: UInt64, place: VdevPlace) throws(VdevError) -> UInt64

    /// How many bytes blocks take, where their birth does not count.
    var allocationRule: AllocationRule? { get }

    func storedSize(ofAllocated size: UInt64, place: VdevPlace) -> UInt64
}

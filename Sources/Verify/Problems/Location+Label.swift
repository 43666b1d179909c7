package import Bytes

extension Location {
    /// A place among the labels of a device: a label, a slot of its ring, a pair of its list.
    package init(device: String, label: Int? = nil, slot: Int? = nil, key: String? = nil) {
        self.init()
        self.device = device
        self.label = label.map { UInt64($0) }
        self.slot = slot.map { UInt64($0) }
        self.key = key
    }

    /// A state of the pool.
    package init(txg: TransactionGroup) {
        self.init()
        self.txg = txg
    }
}

/// Checks of labels, uberblock rings, boot environments and cache files (LB, UB).
enum LabelChecks {
    static let all: [any Check] = [DeviceCheck(), LabelCheck(), UberblockCheck()]
}

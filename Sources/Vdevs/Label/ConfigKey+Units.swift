package import Bytes

extension ConfigKey {
    /// The unit of a number of that name, for `NVList.record`; nil where it is a plain count or object.
    package static func present(_ name: String, _ value: UInt64) -> Record.Value? {
        switch name {
        case poolGUID, guid, topGUID, originalGUID, splitGUID: .guid(GUID(value))
        case poolTxg, createTxg, resilverTxg, rebuildTxg, raidzExpansionTxgs:
            .txg(TransactionGroup(value))
        case asize, minimumAllocation, maximumAllocation: .bytes(value)
        case hostID: .word(value)
        case expansionTime: .time(value)
        case poolState:
            PoolState(rawValue: value).isKnown ? .text("\(PoolState(rawValue: value))") : nil
        case isLog, isHole, isSpare, isL2Cache, wholeDisk, rotational, offline, faulted, degraded,
            removed, notPresent, unspare, removing, nonAllocating:
            value <= 1 ? .flag(value == 1) : nil
        default: nil
        }
    }

    /// How a value of a configuration is shown; `path` ends with its name.
    package static func value(_ value: NVValue, at path: String) -> Record.Value {
        let name = path.split(separator: ".").last.map(String.init) ?? path
        return value.recordValue(name: name, present: present)
    }
}

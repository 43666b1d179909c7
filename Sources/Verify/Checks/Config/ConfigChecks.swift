/// Checks of the configuration, the vdev tree, and the objects of the MOS (CF, MD, FE).
enum ConfigChecks {
    static let all: [any Check] = [
        ConfigCheck(), VdevZAPCheck(), ObjectDirectoryCheck(), MetaReferenceCheck(),
        FeatureCheck(), AuxiliaryDeviceCheck(),
    ]
}

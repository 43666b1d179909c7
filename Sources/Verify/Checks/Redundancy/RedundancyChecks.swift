/// Checks of vdevs that were removed (IN).
enum RedundancyChecks {
    static let all: [any Check] = [
        RemovedVdevCheck(), RemovalStateCheck(), MappingDestinationCheck(), ObsoleteListCheck(),
    ]
}

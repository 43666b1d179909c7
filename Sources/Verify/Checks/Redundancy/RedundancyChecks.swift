/// Checks of copies and parity (BP9, RE, DR) and of vdevs that were removed (IN).
enum RedundancyChecks {
    static let all: [any Check] = [
        RemovedVdevCheck(), RemovalStateCheck(), MappingDestinationCheck(), ObsoleteListCheck(),
        ObsoleteSpaceCheck(), RaidzExpansionCheck(), DraidCheck(), CopyCheck(),
    ]
}

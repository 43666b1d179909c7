/// What can be wrong with the devices of a pool.
extension ProblemKind {
    package static let deviceTruncated = ProblemKind(
        "vdev.truncated", .error, .none, "LB1",
        title: "A device is shorter than its label says it must be",
        explanation: """
            The label of a device tells how much of it is in use, and the device is smaller: an image \
            that was not copied to its end, a partition that was made anew with another size, or a \
            disk that hides its last sectors. What lies beyond its end is gone with it.

            Bring back the whole device, or the partition's old size, before anything else.
            """)

    package static let deviceMissing = ProblemKind(
        "vdev.device-missing", .note, .none, "LB1",
        title: "Devices of the pool were not found, and redundancy covers for them",
        explanation: """
            The configuration names devices that are not at hand. All of the vdev can be read without \
            them.

            Everything was checked with what the others hold. Bring the devices back, or replace them.
            """)

    package static let devicesInsufficient = ProblemKind(
        "vdev.devices-insufficient", .error, .none, "LB1",
        title: "More devices are missing from a vdev than its redundancy covers",
        explanation: """
            The configuration names devices that are not at hand, and without them not all of the vdev \
            can be read. What is only there could not be checked, and ZFS does not import the pool.

            Bring the devices back; --search names further folders to look for them.
            """)
}

package import Bytes

/// What an image says of itself: of which pool it is, what it holds, and of which devices.
///
/// It stands at the beginning of the file as JSON, so that whoever gets one can see with any pager what is in it.
package struct ImageHeader: Codable, Sendable, Hashable {
    package enum Kind: String, Codable, Sendable {
        /// All that a check of the metadata reads.
        case metadata
        /// Every byte of the devices.
        case whole
    }

    package struct Device: Codable, Sendable, Hashable {
        /// The leaf's GUID, in decimal digits.
        package let guid: String
        /// The last part of its path, which a restored file gets.
        package let name: String
        /// In bytes.
        package let size: UInt64

        package init(guid: String, name: String, size: UInt64) {
            self.guid = guid
            self.name = name
            self.size = size
        }
    }

    package let schema: Int
    package let tool: String
    package let kind: Kind
    package let pool: String
    package let guid: String
    package let txg: UInt64
    /// When it was made, in seconds since 1970.
    package let created: UInt64
    /// What it holds, and what it does not hide.
    package let contents: String
    package let devices: [Device]

    package static let currentSchema = 1

    package init(
        _ kind: Kind, tool: String, pool: String, guid: GUID, txg: TransactionGroup,
        created: UInt64, devices: [Device]
    ) {
        schema = Self.currentSchema
        self.tool = tool
        self.kind = kind
        self.pool = pool
        self.guid = "\(guid)"
        self.txg = txg.rawValue
        self.created = created
        contents = kind.contents
        self.devices = devices
    }
}

extension ImageHeader.Kind {
    fileprivate var contents: String {
        switch self {
        case .metadata:
            "labels and all metadata that verify --quick reads. It does not hold the contents of files, apart from "
                + "those so small that they lie in metadata, and from what intent logs hold. It does not hide names of "
                + "files, datasets and devices, owners, times, sizes, attributes, links, properties and the history; "
                + "keys are in it as the pool keeps them, wrapped."
        case .whole: "every byte of the devices, nothing hidden"
        }
    }
}

import CCurl

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Whether a host is, by its name alone, one that nobody outside can reach: a name of this machine or of a private
/// network, or an address that is not public.
package func isInnerHost(_ host: String) -> Bool {
    let name = host.lowercased().hasSuffix(".") ? String(host.lowercased().dropLast()) : host.lowercased()
    if let address = InternetAddress(name) { return !address.isPublic }
    // The last label of a name is no number; what has one is an address in a spelling of its own, as 127.1 or 0x7f.1.
    guard let last = name.split(separator: ".").last, name.contains("."), !name.contains(":") else { return true }
    let isNumber = last.allSatisfy(\.isNumber) || last.hasPrefix("0x")
    return isNumber || ["localhost", "local", "internal"].contains(last)
}

/// An IPv4 or IPv6 address.
struct InternetAddress: Sendable, Hashable {
    /// Four or sixteen.
    private let bytes: [UInt8]

    /// - Parameter text: as `inet_pton` takes it; a zone behind `%` is left out.
    init?(_ text: String) {
        let text = String(text.prefix { $0 != "%" })
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.bytes = Array(bytes[..<4])
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            self.bytes = bytes
        } else {
            return nil
        }
    }

    /// - Parameter address: what a socket is about to connect to; nil for other families.
    init?(_ address: UnsafePointer<sockaddr>) {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            bytes = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) }
            }
        case AF_INET6:
            bytes = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) }
            }
        default: return nil
        }
    }

    /// Whether it belongs to the internet at large. Sources: IANA's registries of special-purpose addresses for IPv4 and
    /// IPv6, 2024-10.
    var isPublic: Bool {
        if bytes.count == 4 { return !Self.special4.contains { has($0.bytes, bits: $0.bits) } }
        // Of ::ffff:0:0/96 (mapped) and 64:ff9b::/96 (NAT64, RFC 6052) the last four bytes are the address reached.
        if [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]]
            .contains(Array(bytes[..<12]))
        {
            return InternetAddress(bytes: Array(bytes[12...])).isPublic
        }
        return has([0x20], bits: 3) && !Self.special6.contains { has($0.bytes, bits: $0.bits) }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func has(_ prefix: [UInt8], bits: Int) -> Bool {
        (0..<bits).allSatisfy { bit in
            let mask: UInt8 = 0x80 >> UInt8(bit % 8)
            return (bit / 8 < prefix.count ? prefix[bit / 8] : 0) & mask == bytes[bit / 8] & mask
        }
    }

    private typealias Block = (bytes: [UInt8], bits: Int)

    private static let special4: [Block] = [
        // This network, private use, shared address space (carriers), this machine, link-local (and clouds' metadata).
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 168], 16),
        // Protocol assignments, documentation, 6to4 relays, benchmarking, multicast, reserved, broadcast.
        ([192, 0, 0], 24), ([192, 0, 2], 24), ([192, 88, 99], 24), ([198, 18], 15), ([198, 51, 100], 24),
        ([203, 0, 113], 24), ([224], 4), ([240], 4),
    ]

    /// Within 2000::/3; everything outside is unassigned, local, unique local (fc00::/7) or multicast.
    private static let special6: [Block] = [
        // Protocol assignments with Teredo, documentation, 6to4, documentation.
        ([0x20, 0x01], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x20, 0x02], 16), ([0x3F, 0xFF], 20),
    ]
}

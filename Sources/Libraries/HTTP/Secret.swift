/// A token, key or password. It cannot be printed, logged, compared by eye or encoded by accident;
/// `reveal()` is the one way out, and is called where a request is signed or sent.
package struct Secret: Sendable, Hashable {
    private let value: String

    package init(_ value: String) { self.value = value }

    package func reveal() -> String { value }
    package var isEmpty: Bool { value.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

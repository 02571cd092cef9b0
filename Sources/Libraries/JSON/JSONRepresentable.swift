/// A value that JSON holds without loss.
package protocol JSONRepresentable {
    init?(json: JSON)
    var json: JSON { get }
}

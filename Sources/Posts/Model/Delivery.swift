/// The name of one delivery: a post going to an account.
package struct DeliveryID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Path of the post from the top of the git repository, NFC.
    package let post: String
    package let account: AccountID

    package init(_ post: String, _ account: AccountID) {
        self.post = post
        self.account = account
    }

    package var description: String { "\(post) → \(account)" }

    package static func < (a: DeliveryID, b: DeliveryID) -> Bool {
        a.post == b.post ? a.account < b.account : a.post < b.post
    }
}

/// One call of a delivery that cannot be repeated.
package struct Step: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable { case post, reply, comment }

    package var index: Int
    package var kind: Kind
    /// The words as a reader will see them, before any escaping for the wire.
    package var text: String
    package var media: [MediaFile]
    /// A link card; networks without one have the URL in `text` already.
    package var link: Link?
    /// What the network offers besides, under its own names, e.g. `replySettings`.
    package var options: [String: String]

    package init(
        index: Int, kind: Kind, text: String, media: [MediaFile] = [], link: Link? = nil,
        options: [String: String] = [:]
    ) {
        self.index = index
        self.kind = kind
        self.text = text
        self.media = media
        self.link = link
        self.options = options
    }
}

package struct Link: Sendable, Hashable {
    package var url: String
    package var title: String?
    package var description: String?
    /// Shown on the card.
    package var image: MediaFile?
    /// Where a person wrote the address.
    package var place: Diagnostic.Place?
    package var card = true

    package init(url: String) { self.url = url }
}

/// A post as one network's API will get it, or why it cannot.
package struct Composition: Sendable, Hashable {
    package var steps: [Step]
    /// Errors forbid publishing; warnings do not.
    package var diagnostics: [Diagnostic]
    /// What `preview` shows: how long each step is, as the network counts, and how long it may be.
    package var lengths: [Length]
    /// What the network asks for the steps together; nil where it asks nothing, or does not say.
    package var price: Price?

    package struct Length: Sendable, Hashable {
        package let used: Int
        package let limit: Int

        package init(used: Int, limit: Int) {
            self.used = used
            self.limit = limit
        }
    }

    package init(
        steps: [Step], diagnostics: [Diagnostic] = [], lengths: [Length] = [], price: Price? = nil
    ) {
        self.steps = steps
        self.diagnostics = diagnostics
        self.lengths = lengths
        self.price = price
    }
}

/// What a network asks for publishing.
package struct Price: Sendable, Hashable, CustomStringConvertible {
    /// Of a US dollar.
    package var thousandths: Int

    package init(thousandths: Int) { self.thousandths = thousandths }

    package static func + (a: Price, b: Price) -> Price { Price(thousandths: a.thousandths + b.thousandths) }

    /// With three decimals, e.g. `$0.215`.
    package var description: String {
        let decimals = String(thousandths % 1000)
        return "$\(thousandths / 1000)." + String(repeating: "0", count: 3 - decimals.count) + decimals
    }
}

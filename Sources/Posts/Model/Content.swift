/// A post as one account gets it: overrides applied, the body rendered to plain text, media read.
/// What a network makes of it is its `compose`.
package struct Content: Sendable, Hashable {
    package var post: String
    package var account: Account
    /// The parts of a thread, trimmed, in order; one part for a plain post, none if there are no words.
    package var parts: [Part]
    /// What the first part shows; what a later part of a thread shows is in the part.
    package var media: [MediaFile]
    package var link: Link?
    package var title: String?
    package var tags: [Written<String>]
    /// Values of the network's own keys (`replySettings`, `visibility`, …) with their places.
    package var options: [String: Written<String>]
    /// `thread: auto`: the words may be divided where they do not fit.
    package var dividesAutomatically: Bool
    /// Words that the account writes below its own post.
    package var firstComment: Written<String>?
    /// Where a complaint about the post as a whole points.
    package var place: Diagnostic.Place

    package struct Part: Sendable, Hashable {
        package var text: String
        /// Pictures that stand in the words of a part behind the first; none where the post names its media.
        package var media: [MediaFile] = []
        /// Where the words of the part begin in the file.
        package var place: Diagnostic.Place

        package init(text: String, place: Diagnostic.Place) {
            self.text = text
            self.place = place
        }
    }

    package init(post: String, account: Account, parts: [Part], media: [MediaFile] = [], place: Diagnostic.Place) {
        self.post = post
        self.account = account
        self.parts = parts
        self.media = media
        self.place = place
        tags = []
        options = [:]
        dividesAutomatically = false
    }
}

/// A value and where a person wrote it.
package struct Written<Value: Sendable & Hashable>: Sendable, Hashable {
    package var value: Value
    package var place: Diagnostic.Place

    package init(_ value: Value, at place: Diagnostic.Place) {
        self.value = value
        self.place = place
    }
}

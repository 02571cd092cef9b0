package import JSON
import Posts

/// The media that were uploaded for a step, and by whom.
///
/// A draft goes into git. The URLs under which media are put work for thirty days without a token, so that none is in it:
/// what was uploaded whole is never uploaded again, a video that was cut off in its middle begins anew in the next run.
package struct LinkedInDraft: Sendable, Hashable {
    /// The URN that owns the media and will post them.
    package var author: String
    /// In the order of the step's uploads.
    package var assets: [Asset] = []
    /// How often LinkedIn was waited for.
    package var waits = 0

    package struct Asset: Sendable, Hashable {
        /// What posts show; nil until the upload was begun.
        package var urn: String?
        /// Digests of the uploaded file and of what goes with it.
        package var digest: String
        /// ETags of a video's parts, in order; empty for those that are still to come.
        package var parts: [String] = []
        package var state = State.missing
    }

    package enum State: String, Sendable, Hashable { case missing, uploaded, ready }

    init(author: String, assets: [Asset] = [], waits: Int = 0) {
        self.author = author
        self.assets = assets
        self.waits = waits
    }

    /// Nothing uploaded yet.
    init(author: String, uploading files: [MediaFile]) {
        self.init(author: author, assets: files.map { Asset(digest: $0.wholeDigest) })
    }

    /// Whether it was made for these files and this author.
    func fits(_ files: [MediaFile], author: String) -> Bool {
        self.author == author && assets.map(\.digest) == files.map(\.wholeDigest)
    }
}

extension LinkedInDraft: JSONRepresentable {
    package init?(json: JSON) {
        guard let author = json["author"]?.string, let assets = json["assets"]?.array else { return nil }
        self.init(author: author, waits: json["waits"]?.integer ?? 0)
        for asset in assets {
            guard let digest = asset["digest"]?.string, let state = asset["state"]?.string.flatMap(State.init)
            else { return nil }
            let parts = asset["parts"]?.array?.compactMap(\.string) ?? []
            self.assets.append(Asset(urn: asset["urn"]?.string, digest: digest, parts: parts, state: state))
        }
    }

    package var json: JSON {
        let assets = assets.map { asset -> JSON in
            var json: JSON = ["digest": JSON(asset.digest), "state": JSON(asset.state.rawValue)]
            json["urn"] = asset.urn.map { JSON($0) }
            if asset.state == .missing, !asset.parts.isEmpty { json["parts"] = .array(asset.parts.map { JSON($0) }) }
            return json
        }
        return ["author": JSON(author), "assets": .array(assets), "waits": JSON(waits)]
    }
}

extension Step {
    /// What is uploaded before the step is published: its media, or the picture of its card.
    var uploads: [MediaFile] { media + (media.isEmpty ? [link?.image].compactMap(\.self) : []) }
}

extension MediaFile {
    /// Changes with the file, its captions and its thumbnail.
    var wholeDigest: String { [self, captions, thumbnail].compactMap { $0?.digest }.joined(separator: "+") }
}

import JSON
import Posts

/// A post as X takes it and lists it.
enum XPost {
    static func isReply(_ step: Step) -> Bool {
        switch step.kind {
        case .post: false
        case .reply, .comment: true
        }
    }

    /// The body of the request that publishes; X refuses keys that it does not know.
    static func body(_ step: Step, draft: XDraft, after earlier: [Receipt]) throws(PlatformFailure) -> JSON {
        var body: JSON = [:]
        if !step.text.isEmpty { body["text"] = JSON(step.text) }
        if !draft.media.isEmpty { body["media"] = ["media_ids": .array(draft.media.map { JSON($0.id) })] }
        if isReply(step) {
            guard let parent = earlier.last else {
                throw PlatformFailure(.permanent, code: "x.no-parent", "there is no post to reply to")
            }
            body["reply"] = ["in_reply_to_tweet_id": JSON(parent.id)]
        }
        body["reply_settings"] = step.options["replySettings"].map { JSON($0) }
        for (option, name) in XRules.flags where step.options[option] == "true" { body[name] = true }
        return body
    }

    /// The receipt of a post; its time is that of its id, if ids have one.
    static func receipt(_ id: String, near now: Instant, found: Receipt.Found = .answered) -> Receipt {
        let moment = moment(ofID: id).flatMap {
            abs(($0 - now).milliseconds) <= XRules.idTolerance.milliseconds ? $0 : nil
        }
        return Receipt(id: id, url: XRules.post + id, publishedAt: moment ?? now, found: found)
    }

    static func moment(ofID id: String) -> Instant? {
        Int64(id).map { Instant(milliseconds: ($0 >> XRules.idShift) + XRules.idEpoch) }
    }

    /// The smallest id of a moment.
    static func firstID(at moment: Instant) -> Int64 {
        max(1, (moment.milliseconds - XRules.idEpoch) << XRules.idShift)
    }

    /// Which of a user's posts is this step.
    static func finding(
        _ step: Step, draft: XDraft?, after earlier: [Receipt], since start: Instant, among posts: [JSON]
    ) -> Finding {
        let known = Set(earlier.map(\.id))
        let candidates = posts.compactMap(Row.init).filter { row in
            !known.contains(row.id) && row.created.map { $0 >= start - XRules.clockSkew } ?? true
                && row.parent == (isReply(step) ? earlier.last?.id : nil)
        }
        let uploads = Set(draft?.media.map(\.id) ?? [])
        let shown = candidates.filter { !uploads.isDisjoint(with: $0.uploads) }
        let words = comparable(step.text)
        let same = candidates.filter { $0.words == words && $0.hasMedia == !step.media.isEmpty }
        // Without words a picture by itself says nothing of which post it is.
        if shown.isEmpty, words.isEmpty { return same.isEmpty || !uploads.isEmpty ? .absent : .unclear }
        let matches = shown.isEmpty ? same : shown
        guard let match = matches.first else { return .absent }
        guard matches.count == 1 else { return .unclear }
        var receipt = receipt(match.id, near: start, found: .recovered)
        if let created = match.created { receipt.publishedAt = created }
        return .published(receipt)
    }

    /// Words so that those sent and those listed compare: X gives URLs a scheme, and drops blanks at the ends.
    static func comparable(_ text: String) -> String {
        let plain = text.replacing("https://", with: "").replacing("http://", with: "").composedScalars
        guard let first = plain.firstIndex(where: { !$0.isBlank }), let last = plain.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return String(plain[first...last])
    }

    /// A post as the API lists it, under the names before or after the renaming of August 2026.
    private struct Row {
        let id: String
        let created: Instant?
        let parent: String?
        /// The ids of the uploads it shows: behind the `_` of a media key.
        let uploads: Set<String>
        let hasMedia: Bool
        let words: String

        init?(_ json: JSON) {
            guard let id = json["id"]?.identifier else { return nil }
            self.id = id
            created = json["created_at"]?.string.flatMap { Instant(rfc3339: $0) } ?? XPost.moment(ofID: id)
            parent =
                (json["referenced_tweets"] ?? json["referenced_posts"])?.array?
                .first { $0["type"]?.string == "replied_to" }?["id"]?.identifier
            let keys = json["attachments"]?["media_keys"]?.array?.compactMap(\.string) ?? []
            uploads = Set(keys.compactMap { $0.split(separator: "_").last.map(String.init) })
            hasMedia = !keys.isEmpty
            let long = json["note_tweet"] ?? json["note_post"]
            words = Self.words(
                long?["text"]?.string ?? json["text"]?.string ?? "", (long ?? json)["entities"] ?? json["entities"])
        }

        /// With the URLs as they were written, without the links to the post's own media.
        private static func words(_ text: String, _ entities: JSON?) -> String {
            var words = text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
            for url in entities?["urls"]?.array ?? [] {
                guard let short = url["url"]?.string, !short.isEmpty else { continue }
                let display = url["display_url"]?.string ?? ""
                let isMedia =
                    url["media_key"] != nil || display.hasPrefix("pic.x.com") || display.hasPrefix("pic.twitter.com")
                words = words.replacing(short, with: isMedia ? "" : url["expanded_url"]?.string ?? short)
            }
            return XPost.comparable(words)
        }
    }
}
